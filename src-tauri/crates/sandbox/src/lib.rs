//! The practice Partner Center: the same wire format, its own state, no port needed.
