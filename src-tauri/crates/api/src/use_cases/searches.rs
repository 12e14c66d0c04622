use crate::app::App;
use crate::error::ApiResult;
use crate::wire::{SearchHit, SearchReply, SearchRequest};
use ratebook_catalog::prices::{Resolution, is_maker};

impl App {
    /// Models, customers, invoices and plans by name, number or id.
    pub async fn search(&self, request: SearchRequest) -> ApiResult<SearchReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let text = request.text.trim().to_lowercase();
        let limit = usize::try_from(request.limit.min(50)).unwrap_or(0);
        if text.is_empty() {
            return Ok(SearchReply { hits: Vec::new() });
        }
        let mut models: Vec<(usize, SearchHit)> = Vec::new();
        for model in snapshot.prices.models() {
            let name = model.model.to_lowercase();
            if let Some(rank) = rank(&name, &text).or_else(|| {
                rank(&format!("{}/{name}", model.provider), &text).map(|r| r.saturating_add(50))
            }) {
                let hit = hit(
                    "model",
                    format!("{}/{}", model.provider, model.model),
                    &model.model,
                    &model.provider,
                );
                models.push((rank, hit));
            }
        }
        if models.is_empty()
            && let Resolution::Unresolved { suggestions } = snapshot.prices.resolve("", &text)
        {
            models.extend(suggestions.iter().map(|model| {
                let id = format!("{}/{}", model.provider, model.model);
                (99, hit("model", id, &model.model, &model.provider))
            }));
        }
        let customers = snapshot.customers.iter().filter_map(|customer| {
            let names = [&customer.name, &customer.number]
                .into_iter()
                .chain(&customer.aliases);
            let best = names
                .filter_map(|name| rank(&name.to_lowercase(), &text))
                .min();
            let id = customer.id.to_string();
            let best = best.or((id == text).then_some(0))?;
            Some((best, hit("customer", id, &customer.name, &customer.number)))
        });
        let invoices = snapshot.invoices.iter().filter_map(|head| {
            let id = head.id.to_string();
            let best = rank(&head.number.to_lowercase(), &text).or((id == text).then_some(0))?;
            let customer = snapshot.customer(head.customer).map(|c| c.name.clone());
            let detail = format!("{}, {}", customer.unwrap_or_default(), head.total);
            Some((best, hit("invoice", id, &head.number, &detail)))
        });
        let plans = snapshot.plans.values().filter_map(|plan| {
            let best = rank(&plan.name.to_lowercase(), &text)?;
            Some((
                best,
                hit("plan", plan.id.to_string(), &plan.name, &plan.description),
            ))
        });
        let mut hits = Vec::new();
        for mut kind in [
            models,
            customers.collect(),
            invoices.collect(),
            plans.collect(),
        ] {
            kind.sort_by(|a, b| place(a).cmp(&place(b)));
            hits.extend(kind.into_iter().take(limit).map(|(_, hit)| hit));
        }
        Ok(SearchReply { hits })
    }
}

/// How well a name fits: 0 the name itself, then its start, a word's start, anywhere.
fn rank(name: &str, text: &str) -> Option<usize> {
    if name == text {
        return Some(0);
    }
    let at = name.find(text)?;
    if at == 0 {
        return Some(1);
    }
    let before = name.as_bytes().get(at.saturating_sub(1)).copied();
    let starts_word = before.is_some_and(|byte| !byte.is_ascii_alphanumeric());
    Some(if starts_word { 2 } else { 3 })
}

/// The best fit first; of equal ones the maker's model before those that only run it, then the
/// shorter name.
fn place((rank, hit): &(usize, SearchHit)) -> (usize, bool, usize, &str, &str) {
    let is_resold = hit.kind == "model" && !is_maker(&hit.detail, &hit.title);
    (*rank, is_resold, hit.title.len(), &hit.title, &hit.detail)
}

fn hit(kind: &str, id: String, title: &str, detail: &str) -> SearchHit {
    SearchHit {
        kind: kind.to_owned(),
        id,
        title: title.to_owned(),
        detail: detail.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_makes_a_model_comes_before_who_only_runs_it() {
        let found = |provider: &str, model: &str| {
            let id = format!("{provider}/{model}");
            (1, hit("model", id, model, provider))
        };
        let mut hits = [
            found("azure", "gpt-5"),
            found("openrouter", "gpt-5"),
            found("openai", "gpt-5-mini"),
            found("openai", "gpt-5"),
        ];
        hits.sort_by(|a, b| place(a).cmp(&place(b)));
        let ids: Vec<&str> = hits.iter().map(|(_, hit)| hit.id.as_str()).collect();
        let expected = [
            "openai/gpt-5",
            "openai/gpt-5-mini",
            "azure/gpt-5",
            "openrouter/gpt-5",
        ];
        assert_eq!(ids, expected);
    }
}
