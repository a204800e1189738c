//! gb-worker
