//! Builders, a fixed clock and a fault-injecting remote, for tests only.
