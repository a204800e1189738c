//! gb-testkit
