//! Requests from the first letter to the answer.
