//! Objects as JSON, by id.

use serde_json::Value;

use super::World;
use crate::render;

impl World {
    pub(crate) fn render_intent(&self, id: &str) -> Option<Value> {
        let intent = self.intents.get(id)?;
        let error = intent.last_error.as_ref().map(|error| {
            let method = self.methods.get(&error.method).map(render::payment_method);
            render::payment_error(error, method)
        });
        Some(render::intent(
            intent,
            error.as_ref(),
            &self.settings.base_url,
        ))
    }

    pub(crate) fn render_charge(&self, id: &str) -> Option<Value> {
        let charge = self.charges.get(id)?;
        let intent = self.intents.get(&charge.intent)?;
        Some(render::charge(charge, intent))
    }

    /// The object with this id, whatever it is: what `expand[]` puts in place of an id.
    pub(crate) fn render_any(&self, id: &str) -> Option<Value> {
        let (prefix, _) = id.split_once('_')?;
        match prefix {
            "cs" => self.sessions.get(id).map(render::session),
            "pi" => self.render_intent(id),
            "ch" => self.render_charge(id),
            "pm" => self.methods.get(id).map(render::payment_method),
            "re" => self.refunds.get(id).map(render::refund),
            "du" => self.disputes.get(id).map(render::dispute),
            "cus" => self.customers.get(id).map(render::customer),
            "shr" => self.sessions.iter().find_map(|session| {
                let option = session
                    .shipping_options
                    .iter()
                    .find(|option| option.rate == id)?;
                Some(render::shipping_rate(option, session))
            }),
            "prod" => self.sessions.iter().find_map(|session| {
                let item = session.line_items.iter().find(|item| item.product == id)?;
                Some(render::product(item, session))
            }),
            _ => None,
        }
    }
}
