//! The clocks.

use crate::args::{BreachDue, ComplaintDue, Due};
use crate::output::{Outcome, Stop, json, say};
use gb_desk::tools;
use serde_json::Value;

pub fn due(args: &Due) -> Outcome {
    let facts = tools::DueFacts {
        nation: &args.nation,
        right: &args.right,
        received: args.received,
        identity: args.identity,
        authority: args.authority,
        fee: args.fee,
        clarified: &args.clarified,
        extended: args.extended,
    };
    print(tools::due(&facts)?, args.json)
}

pub fn complaint_due(args: &ComplaintDue) -> Outcome {
    print(tools::complaint_due(&args.nation, args.received)?, args.json)
}

pub fn breach_due(args: &BreachDue) -> Outcome {
    print(tools::breach_due(&args.aware)?, args.json)
}

/// As JSON, or as the sentences of its `how`.
fn print(value: Value, as_json: bool) -> Outcome {
    if as_json {
        json(&value);
        return Ok(());
    }
    let sentences = value["how"].as_array().ok_or_else(|| Stop::refused("There is nothing to explain."))?;
    for sentence in sentences.iter().filter_map(Value::as_str) {
        say(sentence);
    }
    Ok(())
}
