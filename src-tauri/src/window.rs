//! The one window, and what it may never do.

use gb_wire::Fault;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Url, WebviewUrl, WebviewWindowBuilder};

/// The window's label; the capability names it too.
pub const LABEL: &str = "main";

/// A webview of Windows talks to its maker unless told not to.
const SILENT_WEBVIEW2: &str = "--disable-background-networking --disable-component-update \
    --disable-features=msWebOOUI,msPdfOOUI,msSmartScreenProtection";

/// Opens it.
pub fn open(app: &AppHandle) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        // Never a name or a reference: the title shows in task bars, window lists and screen shares.
        .title("Guardbook")
        .inner_size(1366.0, 768.0)
        .min_inner_size(1100.0, 700.0)
        .incognito(!driven())
        .content_protected(true)
        .devtools(cfg!(debug_assertions))
        .general_autofill_enabled(false)
        .additional_browser_args(SILENT_WEBVIEW2)
        // Tauri's own handler would hand the full paths of dropped files to the page.
        .disable_drag_drop_handler()
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()?;
    Ok(())
}

/// Opens the system's print dialog on what is on the screen.
pub fn print(app: &AppHandle) -> Result<(), Fault> {
    let printed = app.get_webview_window(LABEL).map(|window| window.print());
    match printed {
        Some(Ok(())) => Ok(()),
        _ => Err(Fault::new(
            "The print dialog did not open.",
            "Nothing was sent to a printer.",
            "Check that a printer is set up on this computer, then press Ctrl+P again.",
        )),
    }
}

/// The only pages there are: those built into the program.
fn is_ours(url: &Url) -> bool {
    let place = (url.scheme(), url.host_str());
    matches!(place, ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost")))
}

/// Whether a test drives the window. The webview keeps nothing on disk, except that WebKit's automation does not work
/// in such a webview; a release build cannot be driven and so never makes the exception.
fn driven() -> bool {
    cfg!(debug_assertions) && std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_open() {
        let check = |url: &str, ours: bool, why: &str| {
            assert_eq!(is_ours(&url.parse().expect("the table holds URLs")), ours, "{url}: {why}");
        };
        check("tauri://localhost/index.html", true, "Linux and macOS");
        check("http://tauri.localhost/", true, "Windows");
        check("tauri://localhost.evil.example/", false, "another host");
        check("http://tauri.localhost.evil.example/", false, "another host");
        check("http://localhost/", false, "whatever listens on this laptop");
        check("https://example.com/", false, "the network");
        check("file:///etc/passwd", false, "a dropped file");
        check("data:text/html,x", false, "a page made up by a document");
        check("blob:tauri://localhost/1", false, "a page made up by a script");
        check("javascript:alert(1)", false, "a script");
        check("about:blank", false, "an empty frame");
    }
}
