//! The one command the window may call.
//!
//! It is the one place where a name and a value from the webview become a call of the desk, where a panic becomes a
//! fault, and where pictures leave as bytes instead of JSON. It logs nothing: names of commands and their timing would
//! tell a reader of the log who worked on what, and when.

use crate::dialogs::Room;
use crate::idle::{LastSeen, Moment};
use crate::stops::Stops;
use crate::{seam, window};
use gb_desk::Desk;
use gb_wire::{Fault, FaultCode, Reply};
use serde_json::{Value, json};
use std::sync::Arc;
use tauri::ipc::{InvokeResponseBody, JavaScriptChannelId, Response};
use tauri::{AppHandle, State, Webview};

/// What the window's calls share.
pub struct Office {
    desk: Arc<Desk>,
    stops: Stops,
    /// When somebody last did something.
    pub last_seen: LastSeen,
}

impl Office {
    /// An office with this desk in it.
    pub fn new(desk: Arc<Desk>) -> Self {
        Self { desk, stops: Stops::default(), last_seen: LastSeen::new() }
    }
}

/// Carries one call of the window.
///
/// Beside the desk's own commands there are `touch` (somebody is here), `cancel` with a `ticket` (stop that work) and
/// `print` (the system's print dialog on what is on the screen).
#[tauri::command]
pub async fn call(
    name: String,
    input: Option<Value>,
    ticket: Option<Value>,
    progress: Option<JavaScriptChannelId>,
    app: AppHandle,
    webview: Webview,
    office: State<'_, Office>,
) -> Result<Response, Fault> {
    seam::called();
    office.last_seen.touch(Moment::now());
    let input = input.unwrap_or_else(|| json!({}));
    match name.as_str() {
        "touch" => return Ok(nothing()),
        "cancel" => {
            office.stops.stop(&key(&input["ticket"]));
            return Ok(nothing());
        }
        "print" => {
            window::print(&app)?;
            return Ok(nothing());
        }
        _ => {}
    }

    let ticket = ticket.as_ref().map(key);
    let stop = ticket.as_deref().map(|ticket| office.stops.enter(ticket)).unwrap_or_default();
    let room = Room::new(app, progress.map(|channel| channel.channel_on(webview)), stop);
    let desk = Arc::clone(&office.desk);
    let answer =
        tokio::task::spawn_blocking(move || gb_wire::dispatch(desk.as_ref(), &name, input, &room)).await;
    if let Some(ticket) = ticket {
        office.stops.leave(&ticket);
    }
    // An answer is a sign of life too: after long work the person gets the whole idle time to look at it.
    office.last_seen.touch(Moment::now());
    answer.unwrap_or_else(|_| Err(broken())).map(respond)
}

fn respond(reply: Reply) -> Response {
    match reply {
        Reply::Json(value) => Response::new(InvokeResponseBody::Json(value.to_string())),
        Reply::Bytes(bytes) => Response::new(bytes),
    }
}

fn nothing() -> Response {
    Response::new(InvokeResponseBody::Json("{}".into()))
}

/// A ticket is whatever the window likes to number its calls with.
fn key(ticket: &Value) -> String {
    ticket.to_string()
}

fn broken() -> Fault {
    Fault::new(
        "Something inside Guardbook broke while doing this.",
        "What was saved before is safe in the vault; this was not done.",
        "Try it again. If it comes back, close Guardbook, start it again and report what you were doing.",
    )
    .with_code(FaultCode::Misused)
}
