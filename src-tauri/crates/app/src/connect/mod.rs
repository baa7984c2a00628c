//! *Connect with an existing customer*: written, handed over, shown as requested, and recognised when it appears.

mod draft;
mod recognise;
mod step;
#[cfg(test)]
mod tests;

pub(crate) use recognise::recognise;
