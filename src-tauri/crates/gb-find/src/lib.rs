//! gb-find
