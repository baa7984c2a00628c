//! The wizard over a practice workspace: a real book, the driver, and the practice Partner Center behind it.

use crate::App;
use crate::error::AppError;
use crate::fakes::Fakes;
use crate::views::{
    ConfirmationView, CustomerQuery, DraftPurposeView, DraftView, JourneyState, JourneyStep, Language, LineFormView,
    OutboxFilter, PartnershipView, PracticeView, PreflightItem, ResellerQuery, ReviewView, SaveDraftRequest,
    SavedDraft, SortBy, UnsettledStanding, WizardStepView,
};
use cb_domain::problem::PROBLEM_KEYS;
use std::time::Duration;

/// A workspace to onboard in; usually a practice one in a folder of its own.
pub(crate) struct Desk {
    pub(crate) app: App,
    _kept: Option<(Fakes, tempfile::TempDir)>,
}

const CALM: PracticeView = PracticeView {
    network_off: false,
    slow_ms: 0,
    lose_next_answer: false,
    domain_taken: false,
    under_review: false,
    throttled: false,
    agreement_refused: false,
    prices_up: false,
    partial_checkout: false,
    ordered_elsewhere: false,
};

impl Desk {
    async fn new(seed: u64) -> Self {
        let (fakes, dir) = (Fakes::new(seed), tempfile::tempdir().unwrap());
        let app = App::new(fakes.host(), dir.path().to_owned(), Language::En);
        app.try_it_out().await.unwrap();
        Self { app, _kept: Some((fakes, dir)) }
    }

    /// Where somebody else keeps the folder.
    pub(crate) fn of(app: &App) -> Self {
        Self { app: app.clone(), _kept: None }
    }

    async fn offline(seed: u64) -> Self {
        let desk = Self::new(seed).await;
        desk.app.set_work_offline(true).await.unwrap();
        desk
    }

    /// A reseller that takes customers.
    pub(crate) async fn reseller(&self) -> String {
        let query = ResellerQuery {
            search: String::new(),
            partnership: vec![PartnershipView::Active],
            fitness: Vec::new(),
            country: String::new(),
            sort: SortBy::Name,
            descending: false,
        };
        let list = self.app.list_resellers(query).await.unwrap();
        list.rows.into_iter().find(|row| row.takes_customers && !row.partner_id.is_empty()).unwrap().id
    }

    /// The first product of a country that is no add-on and no trial, as a line.
    async fn line(&self, country: &str) -> LineFormView {
        // Catalogues come in the background, and slowly while all tests run at once.
        for _ in 0..6000 {
            let catalogue = self.app.catalogue(country.to_owned(), "commercial".to_owned()).await.unwrap();
            let found = catalogue.offers.iter().find(|offer| {
                !offer.is_addon && !offer.is_trial && !offer.sku_id.is_empty() && offer.minimum_quantity <= 5
            });
            if let Some(offer) = found {
                let plan = offer.plans.iter().find(|plan| plan.term == "P1Y" && plan.minimum_quantity <= 5).unwrap();
                return LineFormView {
                    line: 1,
                    product_id: offer.product_id.clone(),
                    sku_id: offer.sku_id.clone(),
                    term: plan.term.clone(),
                    cycle: plan.cycle.clone(),
                    quantity: 5,
                    base_line: None,
                    custom_end: None,
                };
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("no catalogue of {country}");
    }

    async fn save(&self, draft: &DraftView, edit: impl FnOnce(&mut SaveDraftRequest)) -> Result<SavedDraft, AppError> {
        let mut request = SaveDraftRequest {
            id: draft.id.clone(),
            revision: draft.revision,
            step: draft.step,
            focus: draft.focus.clone(),
            content: draft.content.clone(),
        };
        edit(&mut request);
        self.app.save_draft(request).await
    }

    /// A draft with everything filled in for a country.
    pub(crate) async fn filled(&self, name: &str, country: &str) -> DraftView {
        let draft = self.app.start_customer_draft(self.reseller().await).await.unwrap();
        let line = self.line(country).await;
        let saved = self.save(&draft, |request| fill(request, name, country, line)).await.unwrap();
        assert_eq!(saved.check.problems, [], "{country}");
        self.app.get_draft(draft.id).await.unwrap()
    }

    pub(crate) async fn submitted(&self, draft: &DraftView) -> ConfirmationView {
        let review = self.app.review_draft(draft.id.clone()).await.unwrap();
        self.app.submit_draft(draft.id.clone(), review.hash, vec![]).await.unwrap()
    }

    /// Waits until every step of a confirmation stands so.
    pub(crate) async fn until(
        &self,
        onboarding: &str,
        reached: impl Fn(&ConfirmationView) -> bool,
    ) -> ConfirmationView {
        for _ in 0..3000 {
            let view = self.app.confirmation(onboarding.to_owned()).await.unwrap();
            if reached(&view) {
                return view;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("never reached: {:?}", self.app.confirmation(onboarding.to_owned()).await.unwrap().journey);
    }
}

pub(crate) fn done(view: &ConfirmationView) -> bool {
    view.journey.iter().all(|line| line.state == JourneyState::Done)
}

/// Postal code, state, registration number and phone that are right in a country.
fn particulars(country: &str) -> [&'static str; 4] {
    match country {
        "AT" => ["1010", "", "", ""],
        "CH" => ["8001", "ZH", "", "+41 44 668 18 00"],
        "FR" => ["75001", "", "", "01 23 45 67 89"],
        "NL" => ["1012 AB", "", "", "+31 20 123 4567"],
        "BE" => ["1000", "", "", ""],
        "PL" => ["80-765", "", "583 302 71 49", "+48 58 555 01 62"],
        "HU" => ["1051", "", "10773381-2-44", "+36 1 234 5678"],
        "CZ" => ["110 00", "", "", "+420 212 345 678"],
        "IT" => ["00184", "RM", "", "+39 06 1234 5678"],
        "ES" => ["28001", "Madrid", "", "+34 810 12 34 56"],
        "DK" => ["1050", "", "", "+45 32 12 34 56"],
        "SE" => ["111 20", "", "", "+46 8 123 456 78"],
        "NO" => ["0150", "", "", "+47 21 23 45 67"],
        "GB" => ["SW1A 1AA", "", "", "+44 20 7946 0018"],
        "IE" => ["D02 AF30", "Dublin", "", "+353 1 234 5678"],
        "US" => ["98101", "WA", "", "+1 206 555 0100"],
        "CA" => ["K1A 0B1", "ON", "", "613-555-0162"],
        _ => ["10115", "", "", "030 901820"],
    }
}

fn fill(request: &mut SaveDraftRequest, name: &str, country: &str, line: LineFormView) {
    let [postal_code, state, registration_number, phone] = particulars(country).map(str::to_owned);
    let form = &mut request.content.customer;
    form.company_name = name.to_owned();
    form.country = country.to_owned();
    form.registration_number = registration_number;
    form.address_line_1 = "Main Road 14".to_owned();
    form.postal_code = postal_code;
    form.city = "Portville".to_owned();
    form.state = state;
    form.first_name = "Agnes".to_owned();
    form.last_name = "Wrobel".to_owned();
    form.email = "a.wrobel@portworks.example".to_owned();
    form.phone = phone;
    form.signer_first_name = "Marek".to_owned();
    form.signer_last_name = "Zielinski".to_owned();
    form.signer_email = "m.zielinski@portworks.example".to_owned();
    form.agreement_date = "2027-01-14".to_owned();
    request.content.lines = vec![line];
    request.step = WizardStepView::Review;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_is_onboarded_from_the_first_key_to_the_setup_info() {
    let desk = Desk::new(1).await;
    let draft = desk.filled("Portworks Gdansk Sp. z o.o.", "PL").await;
    assert_eq!(draft.content.customer.domain_prefix, "portworksgdansk", "proposed from the name");
    assert_eq!(draft.content.customer.fallback_prefix_1, "portworksgdanskportville");
    let review = desk.app.review_draft(draft.id.clone()).await.unwrap();
    assert_eq!(review.problems, []);
    let journey = [
        JourneyStep::CreateCustomer,
        JourneyStep::KeepSetupInfo,
        JourneyStep::RecordAgreement,
        JourneyStep::PlaceOrder,
    ];
    assert_eq!(review.journey, journey);
    let fact = |name: &str| review.facts.iter().find(|fact| fact.field == name).unwrap().values.clone();
    assert_eq!(fact("registrationNumber"), ["5833027149"]);
    assert_eq!(fact("address"), ["Main Road 14", "80-765 Portville", "PL"]);
    assert_eq!(fact("fallbackPrefixes"), ["portworksgdanskportville"]);

    let confirmation = desk.app.submit_draft(draft.id.clone(), review.hash, vec![]).await.unwrap();
    assert_eq!(confirmation.order.term_total, review.order.term_total);
    let confirmation = desk.until(&confirmation.onboarding_id, done).await;
    assert_eq!(confirmation.journey.len(), 3);
    assert_eq!(confirmation.journey[0].detail, "portworksgdansk.onmicrosoft.com");
    assert_eq!(confirmation.journey[2].detail, "1");
    let setup = confirmation.setup_info.unwrap();
    assert_eq!(setup.user_name, "admin@portworksgdansk.onmicrosoft.com");
    assert!(confirmation.cancellable_until.is_some() && confirmation.renews_at.is_some());
    assert!(desk.app.list_drafts().await.unwrap().is_empty(), "the draft became operations");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_eighteen_countries_are_taken_by_partner_center() {
    let desk = Desk::new(2).await;
    let countries =
        ["DE", "AT", "CH", "FR", "NL", "BE", "PL", "HU", "CZ", "IT", "ES", "DK", "SE", "NO", "GB", "IE", "US", "CA"];
    for country in countries {
        let draft = desk.filled(&format!("Portworks {country} Trading"), country).await;
        let confirmation = desk.submitted(&draft).await;
        let settled = |view: &ConfirmationView| {
            view.journey.iter().all(|line| matches!(line.state, JourneyState::Done | JourneyState::NeedsAttention))
                || view.journey[0].state == JourneyState::NeedsAttention
        };
        let confirmation = desk.until(&confirmation.onboarding_id, settled).await;
        assert!(done(&confirmation), "{country}: {:?}", confirmation.journey);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn submit_pressed_twice_makes_one_order() {
    let desk = Desk::offline(3).await;
    let draft = desk.filled("Portworks GmbH", "DE").await;
    let hash = desk.app.review_draft(draft.id.clone()).await.unwrap().hash;
    let press = || desk.app.submit_draft(draft.id.clone(), hash.clone(), vec![]);
    let (first, second) = tokio::join!(press(), press());
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!(first.onboarding_id, second.onboarding_id);
    assert_eq!(press().await.unwrap().onboarding_id, first.onboarding_id);
    assert_eq!(desk.app.list_operations(OutboxFilter::All, None).await.unwrap().all, 5);
    assert!(first.offline, "nothing was sent, and the page says so");
    assert!(first.journey.iter().all(|line| line.state == JourneyState::Waiting));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_was_reviewed_is_sent() {
    let desk = Desk::offline(4).await;
    let draft = desk.filled("Portworks GmbH", "DE").await;
    let hash = desk.app.review_draft(draft.id.clone()).await.unwrap().hash;
    desk.save(&draft, |request| request.content.lines[0].quantity = 6).await.unwrap();
    let refused = desk.app.submit_draft(draft.id.clone(), hash, vec![]).await;
    assert!(matches!(refused, Err(AppError::ReviewChanged)), "{refused:?}");

    let draft = desk.app.get_draft(draft.id).await.unwrap();
    desk.save(&draft, |request| request.content.customer.email = "nobody".to_owned()).await.unwrap();
    let review = desk.app.review_draft(draft.id.clone()).await.unwrap();
    assert_eq!((review.hash.as_str(), review.problems[0].key.as_str()), ("", "emailForm"));
    let Err(AppError::Validation(problems)) = desk.app.submit_draft(draft.id.clone(), review.hash, vec![]).await else {
        panic!("a draft with problems was submitted")
    };
    assert_eq!(problems[0].field, "customer.email");
    assert_eq!(desk.app.list_operations(OutboxFilter::All, None).await.unwrap().all, 0);
    assert_eq!(desk.app.list_drafts().await.unwrap().len(), 1, "and the draft is still there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn saving_keeps_what_was_typed_and_refuses_a_stale_screen() {
    let desk = Desk::offline(5).await;
    let draft = desk.app.start_customer_draft(desk.reseller().await).await.unwrap();
    let again = desk.app.start_customer_draft(desk.reseller().await).await.unwrap();
    assert_eq!(draft.id, again.id, "a double click begins one draft");

    let saved = desk
        .save(&draft, |request| {
            request.content.customer.company_name = "  Łódź ".to_owned();
            request.content.customer.country = "CH".to_owned();
            request.focus = "customer.companyName".to_owned();
        })
        .await
        .unwrap();
    assert_eq!(saved.revision, draft.revision + 1);
    let form = &saved.content.customer;
    assert_eq!((form.company_name.as_str(), form.domain_prefix.as_str()), ("  Łódź ", "lodz"));
    assert_eq!((form.language.as_str(), form.culture.as_str()), ("de", "de-CH"), "they follow the country");
    assert_eq!(saved.check.country.states.len(), 26);
    assert!(saved.check.preflight.iter().any(|line| line.item == PreflightItem::DomainFree));
    for problem in &saved.check.problems {
        assert!(PROBLEM_KEYS.contains(&problem.key.as_str()), "{}", problem.key);
    }

    let stale = desk.save(&draft, |request| request.content.customer.city = "Lost".to_owned()).await;
    assert_eq!(stale.unwrap_err().code(), crate::error::ErrorCode::Stale);
    let read = desk.app.get_draft(draft.id.clone()).await.unwrap();
    assert_eq!((read.content.clone(), read.focus.as_str()), (saved.content, "customer.companyName"));

    desk.app.discard_draft(draft.id.clone()).await.unwrap();
    desk.app.discard_draft(draft.id.clone()).await.unwrap();
    assert!(matches!(desk.app.get_draft(draft.id).await, Err(AppError::NotFound)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_taken_prefix_is_mended_in_the_form_and_goes() {
    let desk = Desk::new(6).await;
    let draft = desk.filled("Portworks GmbH", "DE").await;
    desk.save(&draft, |request| request.content.customer.fallback_prefix_1 = String::new()).await.unwrap();
    desk.app.set_practice(PracticeView { domain_taken: true, ..CALM }).await.unwrap();
    let onboarding = desk.submitted(&draft).await.onboarding_id;
    let refused = desk.until(&onboarding, |view| view.journey[0].state == JourneyState::NeedsAttention).await;
    let operation = refused.journey[0].operation.clone().unwrap();
    desk.app.set_practice(CALM).await.unwrap();

    let mend = desk.app.mend_operation(operation.id.clone()).await.unwrap();
    assert_eq!(mend.purpose, DraftPurposeView::MendCustomer);
    assert_eq!(mend.focus, "customer.domainPrefix");
    assert_eq!(mend.content.customer.company_name, "Portworks GmbH");
    assert_eq!(desk.app.mend_operation(operation.id.clone()).await.unwrap().id, mend.id, "one draft to mend it");
    let saved = desk
        .save(&mend, |request| {
            request.content.customer.domain_prefix = "portworksnew".to_owned();
            request.content.customer.country = "US".to_owned();
            request.content.lines.clear();
        })
        .await
        .unwrap();
    assert_eq!(saved.content.customer.country, "DE", "the order was approved for that country");
    assert_eq!(saved.content.lines.len(), 1, "and is not mended here");
    assert_eq!(saved.check.problems, []);
    let view = desk.submitted(&mend).await;
    assert_eq!(view.onboarding_id, onboarding, "the same Submit goes on");
    let view = desk.until(&onboarding, done).await;
    assert_eq!(view.journey[0].detail, "portworksnew.onmicrosoft.com");
    assert!(matches!(desk.app.mend_operation(operation.id).await, Err(AppError::NotAllowed)), "nothing to mend now");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn subscriptions_are_added_to_a_customer_that_is_still_on_its_way() {
    let desk = Desk::offline(7).await;
    let first = desk.filled("Portworks GmbH", "DE").await;
    let first = desk.submitted(&first).await;
    let draft = desk.app.start_subscription_draft(first.customer_id.clone()).await.unwrap();
    assert_eq!((draft.customer_country.as_str(), draft.step), ("DE", WizardStepView::Subscriptions));
    assert_eq!(draft.check.problems[0].key, "linesEmpty");
    assert!(!draft.content.reseller_of_record.is_empty(), "the customer's reseller is preselected");
    let line = desk.line("DE").await;
    // Another number of licences and another billing make it no other product.
    let line = LineFormView { quantity: line.quantity + 2, ..line };
    desk.save(&draft, |request| request.content.lines = vec![line.clone()]).await.unwrap();

    // The first order of this product is not settled: a second one wants a second word.
    let review = desk.app.review_draft(draft.id.clone()).await.unwrap();
    let [unsettled] = &review.unsettled[..] else { panic!("{:?}", review.unsettled) };
    assert_eq!((unsettled.standing, unsettled.lines.len()), (UnsettledStanding::Waiting, 1));
    assert_eq!(unsettled.lines[0].quantity + 2, line.quantity, "what was ordered before, not what is now");
    let outbox = desk.app.list_operations(OutboxFilter::All, None).await.unwrap().rows;
    let stands_at = outbox.iter().find(|row| row.id == unsettled.operation).unwrap();
    assert_eq!((&stands_at.onboarding_id, stands_at.licences), (&first.onboarding_id, unsettled.lines[0].quantity));
    let press = |again: Vec<String>| desk.app.submit_draft(draft.id.clone(), review.hash.clone(), again);
    for silent in [vec![], vec![uuid::Uuid::from_u128(404).to_string()]] {
        assert!(matches!(press(silent).await, Err(AppError::SecondOrder)), "no word for this order");
    }
    assert_eq!(desk.app.list_operations(OutboxFilter::All, None).await.unwrap().rows.len(), outbox.len());
    let second = press(vec![unsettled.order.clone()]).await.unwrap();
    assert_eq!(press(vec![]).await.unwrap().onboarding_id, second.onboarding_id, "pressed twice, it is one order");
    assert_ne!(second.onboarding_id, first.onboarding_id);
    assert_eq!(second.journey.len(), 1);
    assert!(second.setup_info.is_none());
    desk.app.set_work_offline(false).await.unwrap();
    desk.until(&second.onboarding_id, done).await;
    desk.until(&first.onboarding_id, done).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn subscriptions_are_added_to_a_customer_of_the_sample_book() {
    let desk = Desk::offline(8).await;
    let query = CustomerQuery {
        search: String::new(),
        reseller_ids: Vec::new(),
        sort: SortBy::Name,
        descending: false,
        after: String::new(),
        limit: 50,
        ..CustomerQuery::default()
    };
    let customers = desk.app.list_customers(query).await.unwrap().rows;
    let customer = customers.iter().find(|row| !row.tenant_id.is_empty() && !row.reseller_id.is_empty()).unwrap();
    let draft = desk.app.start_subscription_draft(customer.id.clone()).await.unwrap();
    let line = desk.line(&customer.country).await;
    let saved = desk.save(&draft, |request| request.content.lines = vec![line]).await.unwrap();
    assert_eq!(saved.check.problems, []);
    assert!(saved.check.order.lines[0].end_choices.len() >= 12, "month ends of the coming year at least");
    let review: ReviewView = desk.app.review_draft(draft.id.clone()).await.unwrap();
    assert_eq!(review.journey, [JourneyStep::PlaceOrder]);
    assert_eq!(review.customer_name, customer.name);
    let view = desk.submitted(&draft).await;
    let subscriptions = desk.app.customer_detail(customer.id.clone()).await.unwrap().subscriptions;
    assert_eq!(subscriptions.len() as u32, customer.subscriptions + 1, "there at once, as waiting");
    assert!(view.order.term_total.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_exist_is_said_and_never_panics() {
    let desk = Desk::offline(9).await;
    let nobody = uuid::Uuid::from_u128(404).to_string();
    for id in [nobody.as_str(), "", "x", "'; DROP TABLE drafts; --"] {
        let id = || id.to_owned();
        let codes = [
            desk.app.start_customer_draft(id()).await.map(drop),
            desk.app.start_subscription_draft(id()).await.map(drop),
            desk.app.mend_operation(id()).await.map(drop),
            desk.app.get_draft(id()).await.map(drop),
            desk.app.review_draft(id()).await.map(drop),
            desk.app.submit_draft(id(), String::new(), vec![]).await.map(drop),
            desk.app.confirmation(id()).await.map(drop),
        ];
        for result in codes {
            assert_eq!(result.unwrap_err().code(), crate::error::ErrorCode::NotFound);
        }
    }
    let draft = desk.app.start_customer_draft(desk.reseller().await).await.unwrap();
    let saved = desk
        .save(&draft, |request| {
            request.content.customer.country = "XX".to_owned();
            request.content.lines = vec![LineFormView {
                line: 7,
                product_id: "GONE".to_owned(),
                sku_id: String::new(),
                term: "P1Y".to_owned(),
                cycle: "annual".to_owned(),
                quantity: u32::MAX,
                base_line: Some(7),
                custom_end: Some("never".to_owned()),
            }];
        })
        .await
        .unwrap();
    let has = |field: &str, key: &str| saved.check.problems.iter().any(|one| one.field == field && one.key == key);
    assert!(has("customer.country", "countryUnknown") && has("lines.7.sku", "productGone"));
    assert_eq!(desk.app.review_draft(draft.id.clone()).await.unwrap().hash, "");

    let draft = desk.app.get_draft(draft.id).await.unwrap();
    let unknown_term = desk.save(&draft, |request| request.content.lines[0].term = "P9Y".to_owned()).await;
    let Err(AppError::Validation(problems)) = unknown_term else { panic!("a term that does not exist was saved") };
    assert_eq!((problems[0].field.as_str(), problems[0].key.as_str()), ("lines.7.term", "planNotOffered"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_partner_s_own_address_is_not_the_customer_s() {
    let desk = Desk::offline(11).await;
    let draft = desk.filled("Portworks GmbH", "DE").await;
    let own = format!("sales@{}", cb_sandbox::sample::PROVIDER_DOMAIN);
    let saved = desk.save(&draft, |request| request.content.customer.email = own).await.unwrap();
    let keys: Vec<&str> = saved.check.problems.iter().map(|problem| problem.key.as_str()).collect();
    assert_eq!(keys, ["emailOwnDomain"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_catalogue_names_the_same_minimum_as_the_order() {
    let desk = Desk::offline(12).await;
    desk.line("DE").await;
    let catalogue = desk.app.catalogue("DE".to_owned(), "commercial".to_owned()).await.unwrap();
    let large = |title: &str| title.starts_with("Microsoft 365 E5") || title.starts_with("Microsoft 365 E3");
    let plans: Vec<_> =
        catalogue.offers.iter().filter(|o| !o.is_addon && large(&o.title)).flat_map(|o| &o.plans).collect();
    assert!(plans.iter().any(|plan| plan.term == "P3Y"), "the sample has three years of E3 or E5");
    for plan in plans {
        assert_eq!(plan.minimum_quantity, if plan.term == "P3Y" { 100 } else { 0 });
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_likely_duplicate_is_pointed_out() {
    let desk = Desk::offline(10).await;
    let first = desk.filled("Portworks GmbH", "DE").await;
    desk.submitted(&first).await;
    let second = desk.filled("Portworks AG", "DE").await;
    let duplicate = &second.check.duplicates[0];
    assert_eq!((duplicate.name.as_str(), duplicate.because.as_str()), ("Portworks GmbH", "domain"));
    let warned = second.check.preflight.iter().any(|line| line.item == PreflightItem::Duplicate);
    assert!(warned);
}

/// The drafts and the customers that the lists show under a name.
async fn shown(desk: &Desk, name: &str) -> (Vec<crate::views::DraftRow>, u32) {
    let query = CustomerQuery { search: name.to_owned(), limit: 50, ..CustomerQuery::default() };
    let found = desk.app.list_customers(query).await.unwrap();
    (desk.app.list_drafts().await.unwrap(), found.matching)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_submit_comes_back_as_a_draft_and_leaves_no_customer() {
    let desk = Desk::offline(31).await;
    let draft = desk.filled("Wellenbrecher GmbH", "DE").await;
    let placed = desk.submitted(&draft).await;
    assert_eq!(shown(&desk, "wellenbrecher").await.1, 1);
    let first = placed.journey[0].operation.clone().unwrap();
    desk.app.cancel_operation(first.id).await.unwrap();
    let (drafts, customers) = shown(&desk, "wellenbrecher").await;
    assert_eq!(customers, 0, "it was never made");
    assert!(desk.app.search("wellenbrecher".to_owned()).await.unwrap().is_empty());
    assert_eq!(drafts.len(), 1);
    let again = desk.app.get_draft(drafts[0].id.clone()).await.unwrap();
    assert_eq!(again.purpose, DraftPurposeView::NewCustomer);
    assert_eq!(again.content.customer.company_name, "Wellenbrecher GmbH");
    assert_eq!(again.content.customer.signer_email, draft.content.customer.signer_email);
    assert_eq!(again.content.lines, draft.content.lines);
    assert_eq!(again.content.reseller_of_record, draft.content.reseller_of_record);
    assert!(again.check.duplicates.is_empty(), "not a duplicate of itself");
    desk.app.set_work_offline(false).await.unwrap();
    let view = desk.submitted(&again).await;
    assert_ne!(view.onboarding_id, placed.onboarding_id);
    desk.until(&view.onboarding_id, done).await;
    let all = desk.app.list_operations(OutboxFilter::All, None).await.unwrap();
    let of = |state| all.rows.iter().filter(|row| row.state == state).count();
    assert_eq!(of(crate::views::OperationStateView::Cancelled), 5, "the history can be found");
    assert_eq!(all.rows.len(), usize::try_from(all.all).unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_that_mends_what_is_cancelled_becomes_an_ordinary_one() {
    let desk = Desk::new(32).await;
    let draft = desk.filled("Portworks GmbH", "DE").await;
    desk.save(&draft, |request| request.content.customer.fallback_prefix_1 = String::new()).await.unwrap();
    desk.app.set_practice(PracticeView { domain_taken: true, ..CALM }).await.unwrap();
    let onboarding = desk.submitted(&draft).await.onboarding_id;
    let refused = desk.until(&onboarding, |view| view.journey[0].state == JourneyState::NeedsAttention).await;
    let operation = refused.journey[0].operation.clone().unwrap();
    desk.app.set_practice(CALM).await.unwrap();
    let mend = desk.app.mend_operation(operation.id.clone()).await.unwrap();
    desk.save(&mend, |request| request.content.customer.domain_prefix = "portworksnew".to_owned()).await.unwrap();
    desk.app.cancel_operation(operation.id).await.unwrap();
    let (drafts, customers) = shown(&desk, "portworks").await;
    assert_eq!((drafts.len(), customers), (1, 0), "one draft, not another beside it");
    let kept = desk.app.get_draft(drafts[0].id.clone()).await.unwrap();
    assert_eq!((kept.id.as_str(), kept.purpose), (mend.id.as_str(), DraftPurposeView::NewCustomer));
    assert_eq!(kept.content.customer.domain_prefix, "portworksnew");
    assert_eq!(kept.content.lines.len(), 1);
    let view = desk.submitted(&kept).await;
    let view = desk.until(&view.onboarding_id, done).await;
    assert_eq!(view.journey[0].detail, "portworksnew.onmicrosoft.com");
}
