//! gb-store
