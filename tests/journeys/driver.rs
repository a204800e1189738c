//! A hand on the window: finds, clicks, types, looks. A small WebDriver client, by the W3C's book.

use super::stage::{Stage, Watch};
use super::wire::{ask, base64};
use serde_json::{Value, json};
use std::env;
use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

/// The key under which WebDriver hands over an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
const PATIENCE: Duration = Duration::from_secs(15);

/// An open window and the hand on it.
pub struct Window {
    port: u16,
    session: String,
    pictures: u32,
    /// How long the window took from being asked for to showing its page.
    pub start: Duration,
}

/// Something on the screen.
pub struct Element(String);

impl Window {
    /// Opens the window on a stage.
    pub fn open(stage: &mut Stage, watch: Watch) -> Self {
        let program = stage.program(watch);
        let port = stage.start_driver();
        let options = json!({ "binary": program, "args": [] });
        let wish = json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": options } } });
        let before = Instant::now();
        let answer = ask(port, "POST", "/session", Some(&wish)).expect("the window opens");
        let session = answer["sessionId"].as_str().expect("a session has an id").to_owned();
        let window = Self { port, session, pictures: 0, start: before.elapsed() };
        window
            .say("POST", "timeouts", Some(json!({ "script": 60_000, "implicit": 0 })))
            .expect("patience can be set");
        window
    }

    /// Finds by CSS selector, waiting for it to be there.
    pub fn find(&self, css: &str) -> Element {
        self.wait_for("css selector", css)
    }

    /// Finds by the name the screen gives it for tests.
    pub fn id(&self, test_id: &str) -> Element {
        self.find(&format!("[data-testid=\"{test_id}\"]"))
    }

    /// Finds by XPath.
    pub fn xpath(&self, path: &str) -> Element {
        self.wait_for("xpath", path)
    }

    /// Finds all there are at this moment.
    pub fn all(&self, css: &str) -> Vec<Element> {
        let found = self.say("POST", "elements", Some(json!({ "using": "css selector", "value": css })));
        let list = found.unwrap_or_default();
        list.as_array()
            .into_iter()
            .flatten()
            .filter_map(|one| one[ELEMENT].as_str())
            .map(|id| Element(id.into()))
            .collect()
    }

    /// Whether something is there at this moment.
    pub fn has(&self, css: &str) -> bool {
        !self.all(css).is_empty()
    }

    /// Waits until something has gone.
    pub fn gone(&self, css: &str) {
        let end = Instant::now() + PATIENCE;
        while self.has(css) {
            assert!(Instant::now() < end, "{css} did not go");
            thread::sleep(Duration::from_millis(30));
        }
    }

    /// Clicks what bears a test id.
    pub fn press(&self, test_id: &str) {
        self.press_css(&format!("[data-testid=\"{test_id}\"]"));
    }

    /// Clicks, and tries again while something lies over it or it is drawn anew: screens move as they open.
    pub fn press_css(&self, css: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            let element = self.find(&format!("{css}:not([disabled])"));
            let Err(fault) = self.say("POST", &format!("element/{}/click", element.0), Some(json!({})))
            else {
                return;
            };
            assert!(Instant::now() < end, "{css} cannot be clicked: {fault}");
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Types into what bears a test id, in place of what stands there.
    pub fn fill(&self, test_id: &str, text: &str) {
        let element = self.id(test_id);
        self.say("POST", &format!("element/{}/clear", element.0), Some(json!({}))).ok();
        self.type_into(&element, text);
    }

    /// Types.
    pub fn type_into(&self, element: &Element, text: &str) {
        self.say(
            "POST",
            &format!("element/{}/value", element.0),
            Some(json!({ "text": text.replace('\n', "\u{e007}") })),
        )
        .unwrap_or_else(|fault| panic!("cannot be typed into: {fault}"));
    }

    /// Sets the value of a date field or a list as a person's choice would, and tells the page.
    pub fn choose(&self, test_id: &str, value: &str) {
        self.id(test_id);
        let script = "const e = document.querySelector(`[data-testid=\"${arguments[0]}\"]`); e.value = arguments[1];
            e.dispatchEvent(new Event('input', { bubbles: true })); e.dispatchEvent(new Event('change', { bubbles: true }));
            e.dispatchEvent(new FocusEvent('blur')); e.dispatchEvent(new FocusEvent('focusout', { bubbles: true })); return e.value";
        let now = self.run(script, json!([test_id, value]));
        assert_eq!(now.as_str(), Some(value), "{test_id} takes the value");
    }

    /// What it says.
    pub fn text(&self, element: &Element) -> String {
        let said = self.say("GET", &format!("element/{}/text", element.0), None).unwrap_or_default();
        said.as_str().unwrap_or_default().to_owned()
    }

    /// What bears a test id says.
    pub fn text_of(&self, test_id: &str) -> String {
        self.text(&self.id(test_id))
    }

    /// Everything on the screen.
    pub fn words(&self) -> String {
        self.run("return document.body.innerText", json!([])).as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the screen says something.
    pub fn says(&self, words: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.words().contains(words) {
            assert!(Instant::now() < end, "the screen never said “{words}”. It says:\n{}", self.words());
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Presses keys together, such as `["Control", "l"]`.
    pub fn chord(&self, keys: &[&str]) {
        let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": code(key) }));
        let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": code(key) }));
        let actions: Vec<Value> = down.chain(up).collect();
        self.act(json!([{ "type": "key", "id": "keyboard", "actions": actions }]));
    }

    /// Drags from the middle of one element to the middle of another.
    pub fn drag(&self, from: &Element, to: &Element) {
        let moved = |element: &Element, duration: u32| json!({ "type": "pointerMove", "duration": duration, "x": 0, "y": 0, "origin": { ELEMENT: element.0 } });
        let actions = json!([
            moved(from, 0), { "type": "pointerDown", "button": 0 }, moved(to, 200), { "type": "pointerUp", "button": 0 }
        ]);
        self.act(json!([{ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions }]));
    }

    /// Runs a script in the page.
    pub fn run(&self, script: &str, args: Value) -> Value {
        self.say("POST", "execute/sync", Some(json!({ "script": script, "args": args })))
            .unwrap_or_else(|fault| panic!("the script failed: {fault}"))
    }

    /// Calls Tauri from the page as any script in it could; answers with `{ok}` or `{fault}`.
    pub fn invoke(&self, command: &str, args: Value) -> Value {
        let script = "const [command, args, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(command, args).then(ok => done({ ok }), fault => done({ fault }))";
        self.say("POST", "execute/async", Some(json!({ "script": script, "args": [command, args] })))
            .unwrap_or_else(|fault| panic!("the call was not made: {fault}"))
    }

    /// Calls the desk as the screen does.
    pub fn call(&self, name: &str, input: Value) -> Value {
        self.invoke("call", json!({ "name": name, "input": input }))
    }

    /// Takes a picture of the screen for people to look at.
    pub fn picture(&mut self, name: &str) {
        // Let what is moving come to rest.
        thread::sleep(Duration::from_millis(250));
        let Ok(Value::String(png)) = self.say("GET", "screenshot", None) else { return };
        self.pictures += 1;
        let folder = screens();
        fs::create_dir_all(&folder).expect("the folder for pictures can be made");
        fs::write(folder.join(format!("{:02}-{name}.png", self.pictures)), base64(&png))
            .expect("a picture can be kept");
    }

    /// Closes the window as a person would.
    pub fn close(self) {
        self.say("DELETE", "", None).ok();
    }

    fn act(&self, actions: Value) {
        self.say("POST", "actions", Some(json!({ "actions": actions })))
            .unwrap_or_else(|fault| panic!("the keyboard or mouse was refused: {fault}"));
    }

    fn wait_for(&self, using: &str, value: &str) -> Element {
        let end = Instant::now() + PATIENCE;
        loop {
            let found = self.say("POST", "element", Some(json!({ "using": using, "value": value })));
            if let Ok(Some(id)) = found.as_ref().map(|found| found[ELEMENT].as_str()) {
                return Element(id.to_owned());
            }
            assert!(Instant::now() < end, "{value} is not on the screen. It says:\n{}", self.words());
            thread::sleep(Duration::from_millis(30));
        }
    }

    fn say(&self, method: &str, what: &str, body: Option<Value>) -> Result<Value, String> {
        let path = format!("/session/{}/{what}", self.session);
        ask(self.port, method, path.trim_end_matches('/'), body.as_ref())
    }
}

/// WebDriver writes keys without a letter as private characters.
fn code(key: &str) -> &str {
    match key {
        "Control" => "\u{e009}",
        "Shift" => "\u{e008}",
        "Alt" => "\u{e00a}",
        "Enter" => "\u{e007}",
        "Tab" => "\u{e004}",
        "Escape" => "\u{e00c}",
        "Space" => " ",
        other => other,
    }
}

fn screens() -> PathBuf {
    let target = env::var_os("GUARDBOOK_SCREENS").map(PathBuf::from);
    target.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/screens"))
}
