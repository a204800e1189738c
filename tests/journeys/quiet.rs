//! quiet
use super::driver::Window;
use super::stage::{Bus, Stage, Watch};

#[test]
#[ignore = "needs the built window: cargo xtask test"]
fn smoke() {
    for bus in [Bus::None, Bus::Session] {
    let mut stage = Stage::new(bus);
    let mut window = Window::open(&mut stage, Watch::None);
    println!("start {:?}", window.start);
    println!("{}", window.call("phrase_strength", serde_json::json!({"phrase":"content"})));
    println!("{}", window.run("window.p=[]; window.inv('handbook',{key:'x'},77,m=>window.p.push(m)).catch(e=>window.err=e); return 1", serde_json::json!([])));
    std::thread::sleep(std::time::Duration::from_millis(400));
    println!("{}", window.call("cancel", serde_json::json!({"ticket":77})));
    std::thread::sleep(std::time::Duration::from_millis(400));
    println!("{}", window.run("return [window.p.length, window.p[3], window.err]", serde_json::json!([])));
    println!("{}", std::fs::read_to_string(stage.path("driver.log")).unwrap());
    window.picture("smoke");
    }
}
