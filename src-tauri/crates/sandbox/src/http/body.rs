//! Request bodies: members are found in any case, since clients send PascalCase as well as camelCase.

use serde_json::Value;

/// A view of a JSON value whose members are found in any case.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields<'a>(&'a Value);

impl<'a> Fields<'a> {
    /// Over a body or a part of one.
    pub(crate) fn new(value: &'a Value) -> Self {
        Self(value)
    }

    /// A member; JSON null when absent.
    pub(crate) fn at(self, name: &str) -> Fields<'a> {
        let found = self.0.as_object().and_then(|members| {
            members
                .get(name)
                .or_else(|| members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
        });
        Fields(found.unwrap_or(&Value::Null))
    }

    /// The value itself.
    pub(crate) fn value(self) -> &'a Value {
        self.0
    }

    /// Trimmed text, numbers included; `None` when absent, null or blank.
    pub(crate) fn text(self) -> Option<String> {
        let text = match self.0 {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// A switch; absent means off.
    pub(crate) fn switch(self) -> bool {
        match self.0 {
            Value::Bool(switch) => *switch,
            Value::String(text) => text.eq_ignore_ascii_case("true"),
            Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => false,
        }
    }

    /// The items of a list; none when absent.
    pub(crate) fn items(self) -> Vec<Fields<'a>> {
        self.0.as_array().map(|items| items.iter().map(Fields).collect()).unwrap_or_default()
    }
}

/// The value without null members, as Partner Center writes it.
pub(crate) fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(
            members
                .into_iter()
                .filter(|(_, member)| !member.is_null())
                .map(|(key, member)| (key, without_nulls(member)))
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(without_nulls).collect()),
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Fields, without_nulls};
    use serde_json::json;

    #[test]
    fn members_are_found_in_any_case() {
        let body = json!({"CompanyProfile": {"DOMAIN": " a.example "}, "Id": 7, "Flag": "True"});
        let fields = Fields::new(&body);
        assert_eq!(fields.at("companyProfile").at("domain").text().as_deref(), Some("a.example"));
        assert_eq!(fields.at("id").text().as_deref(), Some("7"), "ids come as numbers too");
        assert!(fields.at("flag").switch(), "the switch may come as text");
        assert_eq!(fields.at("none").at("deeper").text(), None, "absent members are not a fault");
    }

    #[test]
    fn nulls_are_left_out_at_every_depth() {
        assert_eq!(without_nulls(json!({"a": null, "b": [{"c": null, "d": 1}]})), json!({"b": [{"d": 1}]}));
    }
}
