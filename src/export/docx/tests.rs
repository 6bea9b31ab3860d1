//! What is written, held against the standard and read back.
