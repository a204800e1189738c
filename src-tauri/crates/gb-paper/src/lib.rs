//! gb-paper
