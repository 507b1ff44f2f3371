//! Results on standard output: a line of JSON, or lines for people.

use serde_json::Value;

/// Prints a result; `result` must be an object.
pub(super) fn print(json: bool, result: &Value) {
    if json {
        println!("{result}");
        return;
    }
    let Value::Object(fields) = result else { return println!("{result}") };
    let width = fields.keys().map(String::len).max().unwrap_or(0);
    for (name, value) in fields {
        println!("{name:width$}  {value}");
    }
}
