// The fake's book: believable resellers, customers, subscriptions and a catalogue. Names are invented.
import type { CustomerRow, FitnessView, HoldReasonView, OfferView, PartnershipView, ResellerRow, Stands, StandsKind, SubscriptionRow } from "../bindings";
import { shieldOf } from "./resellers";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A moment relative to now, as Rust writes it. */
export function ago(milliseconds: number): string {
  return new Date(Date.now() - milliseconds).toISOString();
}
export const hours = (count: number) => count * HOUR;
export const days = (count: number) => count * DAY;

const id = (kind: string, number: number) => `0192${kind}0-0000-7000-8000-${String(number).padStart(12, "0")}`;

type Partner = [name: string, partnerId: string, country: string, town: string, partnership: PartnershipView, fitness: FitnessView, contact: string, role: string, mail: string, phone: string, since: number];

const PARTNERS: Partner[] = [
  ["Adria Cloud d.o.o.", "6480215", "HR", "Split", "active", "fit", "Ivana Perić", "Sales", "ivana.peric@adria-cloud.example", "+385 21 555 014", 610],
  ["Atelier Informatique Lyon", "5318846", "FR", "Lyon", "active", "fit", "Claire Moreau", "Managing director", "claire.moreau@atelier-lyon.example", "+33 4 78 55 01 46", 720],
  ["Bergblick Systemhaus GmbH", "5107733", "AT", "Innsbruck", "active", "fit", "Lukas Hofer", "Sales", "lukas.hofer@bergblick.example", "+43 512 555 733", 1150],
  ["Fjordnet AS", "", "NO", "Bergen", "requested", "unknown", "Ingrid Solberg", "Managing director", "ingrid.solberg@fjordnet.example", "+47 55 55 01 20", 15],
  ["Hansen IT GmbH", "4906182", "DE", "Kiel", "active", "fit", "Maren Hansen", "Managing director", "maren.hansen@hansen-it.example", "+49 431 555 0142", 1770],
  ["Kaltenbach & Söhne EDV", "5530417", "DE", "Freiburg", "active", "agreement_not_signed", "Jürgen Kaltenbach", "Owner", "jk@kaltenbach.example", "+49 761 555 041", 890],
  ["Kupfer IT-Service", "5871904", "DE", "Leipzig", "active", "fit", "Sabine Kupfer", "Owner", "sabine@kupfer-it.example", "+49 341 555 190", 640],
  ["Moorland IT Ltd", "6011298", "IE", "Galway", "active", "unknown", "Aoife Byrne", "Sales", "aoife.byrne@moorland.example", "+353 91 555 129", 930],
  ["Polska Chmura Sp. z o.o.", "6412307", "PL", "Gdańsk", "active", "fit", "Zofia Nowak", "Partner manager", "zofia.nowak@polskachmura.example", "+48 58 555 02 31", 480],
  ["Seenland Systeme", "", "DE", "Schwerin", "draft", "unknown", "Olaf Petersen", "Owner", "olaf@seenland.example", "+49 385 555 077", 4],
  ["Tulpen Systems B.V.", "5764420", "NL", "Leiden", "active", "fit", "Femke de Vries", "Sales", "femke@tulpen.example", "+31 71 555 0442", 1120],
  ["Vela Digital S.r.l.", "6120083", "IT", "Genova", "declined", "unknown", "Paolo Ricci", "Managing director", "paolo.ricci@vela.example", "+39 010 555 083", 60],
];

const CUSTOMERS = [
  "Alsterblick Immobilien GmbH|alsterblick|DE|Hamburg", "Alpenrose Hotels KG|alpenrosehotels|AT|Innsbruck", "Augenzentrum Förde|augenfoerde|DE|Kiel", "Bäckerei Claussen|claussenbrot|DE|Kiel",
  "Bergbahn Hochkar AG|hochkar|AT|Göstling", "Deichgraf Ingenieure|deichgraf|DE|Husum", "Hafenkante Logistik GmbH|hafenkante|DE|Hamburg", "Holzbau Steiner|holzbausteiner|AT|Bregenz",
  "Kieler Werkstätten gGmbH|kielerwerk|DE|Kiel", "Museum am Strom|museumamstrom|DE|Bremen", "Praxis Dr. Lehmann|praxislehmann|DE|Kiel", "Tischlerei Brandt GmbH|tischlereibrandt|DE|Eutin",
  "Zielony Port Sp. z o.o.|zielonyport|PL|Gdańsk", "Żagiel Logistyka S.A.|zagiellog|PL|Gdynia", "Młyn Wiślany|mlynwislany|PL|Toruń", "Boulangerie du Rhône|boulangerierhone|FR|Lyon",
  "Clinique Bellevue|cliniquebellevue|FR|Villeurbanne", "Imprimerie Vasseur|imprimvasseur|FR|Lyon", "Konoba Marjan|konobamarjan|HR|Split", "Jadran Charter d.o.o.|jadrancharter|HR|Zadar",
  "Grachtenhuis Advocaten|grachtenhuis|NL|Leiden", "Polder Techniek B.V.|poldertechniek|NL|Gouda", "De Windmolen Scholen|windmolen|NL|Leiden", "Connemara Foods Ltd|connemarafoods|IE|Galway",
  "Atlantic Surveyors|atlanticsurvey|IE|Galway", "Shannon Credit Union|shannoncu|IE|Limerick", "Leipziger Notenhaus|notenhaus|DE|Leipzig", "Sächsische Messtechnik|saechsmess|DE|Dresden",
  "Weingut Kaiserstuhl eG|wgkaiserstuhl|DE|Breisach", "Schwarzwald Uhren GmbH|swuhren|DE|Triberg", "Seehotel Plön|seehotelploen|DE|Plön", "Bergmann Optik GmbH|bergmannoptik|DE|Preetz",
  "Nordlicht Apotheke|nordlichtapo|DE|Flensburg", "Marschland Agrar KG|marschland|DE|Heide", "Kanalreederei Voss|kanalvoss|DE|Rendsburg", "Tirol Bike Werkstatt|tirolbike|AT|Innsbruck",
];

const PRODUCTS = [
  ["Microsoft 365 Business Standard", "business", 11.63, 300], ["Microsoft 365 Business Premium", "business", 19.53, 300], ["Microsoft 365 Business Basic", "business", 5.58, 300], ["Microsoft 365 Apps for business", "business", 9.77, 300],
  ["Microsoft 365 E3", "enterprise", 35.65, 10000], ["Microsoft 365 E5", "enterprise", 54.04, 10000], ["Office 365 E1", "enterprise", 9.3, 10000], ["Exchange Online (Plan 1)", "enterprise", 3.72, 10000], ["Visio Plan 2", "enterprise", 12.4, 10000],
  ["Microsoft 365 F3", "frontline", 7.44, 10000], ["Microsoft 365 F1", "frontline", 2.09, 10000],
  ["Microsoft Teams Essentials", "teams", 3.72, 300], ["Microsoft Teams Phone Standard", "teams", 7.46, 10000], ["Microsoft Teams Rooms Pro", "teams", 37.2, 500],
  ["Microsoft Defender for Business", "security", 2.79, 300], ["Microsoft Entra ID P2", "security", 8.37, 10000], ["Microsoft Intune Plan 1", "security", 7.44, 10000],
  ["Dynamics 365 Sales Professional", "dynamics", 60.45, 10000], ["Dynamics 365 Business Central Essentials", "dynamics", 65.1, 10000],
  ["Power BI Pro", "other", 9.3, 10000], ["Microsoft 365 Copilot", "other", 27.9, 10000],
] as const;

export function resellers(): ResellerRow[] {
  return PARTNERS.map(([name, partnerId, country, town, partnership, fitness, contactName, contactRole, contactEmail, contactPhone, since], index) => ({
    id: id("a", index + 1),
    name,
    partnerId,
    tenantId: partnership === "active" ? id("b", index + 1) : "",
    country,
    town,
    partnership,
    partnershipSince: ago(days(since)),
    fitness,
    fitnessCheckedAt: partnership === "active" ? ago(fitness === "unknown" ? days(34) : hours(16)) : null,
    shield: shieldOf(partnership, fitness),
    tags: index % 4 === 0 ? ["Nord", "Schulen"] : [],
    takesCustomers: partnership === "active",
    customers: 0,
    seats: 0,
    lastActivityAt: ago(days((index * 5) % 23)),
    contactName,
    contactRole,
    contactEmail,
    contactPhone,
  }));
}

const plain = (kind: StandsKind): Stands => ({ kind, hold: null, attention: null, at: null, count: 0 });

function standing(index: number): Stands {
  const hold = (reason: HoldReasonView): Stands => ({ ...plain("on_hold"), hold: reason, at: ago(hours(17)) });
  const special: Record<number, Stands> = {
    2: hold("customer_under_review"),
    5: { ...plain("waiting"), count: 2 },
    6: { ...plain("window_closes"), at: ago(-hours(9)), count: 6 },
    9: { ...plain("term_ends"), at: ago(-days(4)) },
    10: { ...plain("needs_attention"), attention: "postal_code" },
    14: plain("sending"),
    30: hold("agreement_open"),
  };
  return special[index] ?? plain("confirmed");
}

const RESELLER_OF: Record<string, number[]> = { DE: [5, 7, 6], AT: [3], PL: [9], FR: [2], HR: [1], NL: [11], IE: [8] };

export function customers(partners: ResellerRow[]): CustomerRow[] {
  return CUSTOMERS.map((line, index) => {
    const [name = "", domainPrefix = "", country = "", town = ""] = line.split("|");
    const choice = RESELLER_OF[country] ?? [5];
    const reseller = partners[(choice[index % choice.length] ?? 5) - 1];
    return {
      id: id("c", index + 1),
      tenantId: index === 10 ? "" : `3f9a1c52-${String(1000 + index)}-4c11-9d2e-77ab41f0b7e0`,
      name,
      alias: index % 9 === 1 ? (name.split(" ")[0] ?? "") : "",
      domainPrefix,
      country,
      town,
      resellerId: reseller?.id ?? "",
      resellerName: reseller?.name ?? "",
      subscriptions: 0,
      seats: 0,
      stands: standing(index),
    };
  });
}

export function subscriptions(owners: CustomerRow[]): Map<string, SubscriptionRow[]> {
  let number = 0;
  return new Map(
    owners.map((owner, index) => {
      const rows = Array.from({ length: 1 + ((index * 7) % 4) }, (_, line): SubscriptionRow => {
        number += 1;
        const product = PRODUCTS[(index * 3 + line * 5) % PRODUCTS.length] ?? PRODUCTS[0];
        const first = line === 0;
        const kind = owner.stands.kind;
        const own = first && (kind === "window_closes" || kind === "term_ends" || kind === "waiting") ? owner.stands : plain("active");
        return {
          id: id("d", number),
          productName: product[0],
          quantity: 4 + ((number * 13) % 60),
          term: number % 5 === 0 ? "P1M" : number % 11 === 0 ? "P3Y" : "P1Y",
          cycle: number % 3 === 0 ? "annual" : "monthly",
          commerce: number % 4 === 0 ? "legacy" : "new",
          endsAt: own.kind === "term_ends" ? own.at : ago(-days(20 + ((number * 29) % 330))),
          autoRenew: number % 6 !== 0,
          stands: own,
        };
      });
      return [owner.id, rows];
    }),
  );
}

export function offers(): OfferView[] {
  return PRODUCTS.map(([title, family, price, maximum], index): OfferView => {
    const round = (factor: number) => Math.round(price * factor * 100) / 100;
    const addon = title.includes("Phone") || title.includes("Copilot");
    return {
      productId: `CFQ7TTC0LH${String(10 + index)}`,
      skuId: "0001",
      title,
      description: `${title.replace("Microsoft ", "")}, per user`,
      family,
      minimumQuantity: 1,
      maximumQuantity: maximum,
      isTrial: false,
      isAddon: addon,
      plans: [
        { term: "P1M", cycle: "monthly", monthlyPrice: round(1.2), periodPrice: round(1.2), minimumQuantity: 0 },
        { term: "P1Y", cycle: "monthly", monthlyPrice: round(1.05), periodPrice: round(1.05), minimumQuantity: 0 },
        { term: "P1Y", cycle: "annual", monthlyPrice: price, periodPrice: round(12), minimumQuantity: 0 },
        ...(index % 3 === 0 ? [{ term: "P3Y", cycle: "triennial", monthlyPrice: round(0.95), periodPrice: round(34.2), minimumQuantity: 0 }] : []),
      ],
      addons: index < 2 ? ["CFQ7TTC0LH22:0001"] : [],
      bases: addon ? ["CFQ7TTC0LH10:0001", "CFQ7TTC0LH11:0001"] : [],
      favourite: index === 0 || index === 1 || index === 8,
      recent: index === 0 || index === 7,
      currency: "EUR",
    };
  });
}
