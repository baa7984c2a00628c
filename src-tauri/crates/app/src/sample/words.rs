//! Words of which invented customers are made: nobody and no company is meant.

/// How companies and people are called in a country.
pub(super) struct Tongue {
    pub(super) country: &'static str,
    pub(super) trades: &'static [&'static str],
    pub(super) forms: &'static [&'static str],
    pub(super) first: &'static [&'static str],
    pub(super) last: &'static [&'static str],
    pub(super) towns: &'static [&'static str],
}

pub(super) const TONGUES: [Tongue; 10] = [
    Tongue {
        country: "DE",
        trades: &[
            "Bäckerei", "Bau", "Dachdeckerei", "Gärtnerei", "Möbelhaus", "Autohaus", "Steuerkanzlei", "Praxis Dr.",
            "Straßenbau", "Metzgerei", "Fördertechnik", "Weinhandlung", "Zahntechnik", "Übersetzungen", "Druckerei",
            "Elektro", "Hafenlogistik", "Ingenieurbüro", "Käserei", "Spedition",
        ],
        forms: &["GmbH", "GmbH & Co. KG", "AG", "e. K.", "OHG"],
        first: &["Jörg", "Anna", "Sören", "Käthe", "Uwe", "Heike", "Björn", "Zoë", "Lars", "Miriam"],
        last: &[
            "Müller", "Groß", "Schäfer", "Weiß", "Krüger", "Jäger", "Köhler", "Böhm", "Voß", "Kühn", "Albrecht", "Ruß",
            "Förster", "Hänsel", "Lüders", "Pfeiffer", "Quandt", "Straßburger", "Thönnes", "Zöller",
        ],
        towns: &["Görlitz", "Lübeck", "Gießen", "Nürnberg", "Köln", "Bergstraße", "Ahrensburg", "Fürth", "Celle"],
    },
    Tongue {
        country: "PL",
        trades: &["Piekarnia", "Młyn", "Budowa", "Warsztat", "Księgarnia", "Usługi", "Ogród", "Żegluga", "Meble"],
        forms: &["Sp. z o.o.", "S.A.", "Sp. j.", "Sp. k."],
        first: &["Łukasz", "Agnieszka", "Paweł", "Małgorzata", "Stanisław", "Grażyna", "Michał", "Zofia"],
        last: &["Nowak", "Wiśniewski", "Wójcik", "Kowalczyk", "Zieliński", "Dąbrowska", "Łuczak", "Żak", "Grześkowiak"],
        towns: &["Kraków", "Wrocław", "Gdańsk", "Poznań", "Białystok", "Rzeszów", "Świdnica", "Żory", "Toruń"],
    },
    Tongue {
        country: "DK",
        trades: &["Bageri", "Tømrer", "Rederi", "Mejeri", "Smedje", "Værft", "Gartneri", "Bogtryk"],
        forms: &["A/S", "ApS", "I/S"],
        first: &["Søren", "Mette", "Jørgen", "Åse", "Lærke", "Bjørn", "Kirsten"],
        last: &["Sørensen", "Østergård", "Kjær", "Nørgaard", "Bøgh", "Ågesen", "Thygesen"],
        towns: &["Århus", "Ærøskøbing", "Helsingør", "Køge", "Sønderborg", "Næstved"],
    },
    Tongue {
        country: "FR",
        trades: &["Boulangerie", "Imprimerie", "Garage", "Maçonnerie", "Fromagerie", "Cabinet", "Hôtel", "Forge"],
        forms: &["SARL", "SAS", "SA"],
        first: &["Zoé", "François", "Hélène", "Jérôme", "Benoît", "Anaïs", "Noël"],
        last: &["Lefèvre", "Garçon", "Bélanger", "Dupré", "Maître", "Noël", "Château", "Gauthier"],
        towns: &["Besançon", "Orléans", "Nîmes", "Saint-Étienne", "Angoulême", "Béziers"],
    },
    Tongue {
        country: "CZ",
        trades: &["Pekárna", "Stavby", "Truhlářství", "Železárny", "Zahrada", "Tiskárna", "Pivovar"],
        forms: &["s.r.o.", "a.s.", "v.o.s."],
        first: &["Jiří", "Tereza", "Ondřej", "Lucie", "Zdeněk", "Kateřina"],
        last: &["Novák", "Dvořák", "Černý", "Procházka", "Šťastný", "Růžička", "Říha"],
        towns: &["Plzeň", "Hradec Králové", "České Budějovice", "Děčín", "Žďár", "Přerov"],
    },
    Tongue {
        country: "ES",
        trades: &["Panadería", "Taller", "Bodega", "Construcción", "Viñedos", "Clínica", "Imprenta"],
        forms: &["S.L.", "S.A."],
        first: &["Iñaki", "Lucía", "José", "Begoña", "Ramón", "Inés"],
        last: &["Muñoz", "Peña", "Núñez", "Ibáñez", "García", "Gutiérrez", "Ordóñez"],
        towns: &["Logroño", "Cádiz", "Málaga", "A Coruña", "León", "Almería"],
    },
    Tongue {
        country: "HU",
        trades: &["Pékség", "Építő", "Nyomda", "Kertészet", "Műhely", "Szálló"],
        forms: &["Kft.", "Zrt.", "Bt."],
        first: &["Gyöngyi", "László", "Zsófia", "Örs", "Ágnes", "Jenő"],
        last: &["Kovács", "Szűcs", "Tóth", "Hegedűs", "Pálfi", "Ördög", "Fehér"],
        towns: &["Győr", "Szombathely", "Eger", "Kecskemét", "Nyíregyháza", "Pécs"],
    },
    Tongue {
        country: "SE",
        trades: &["Bageri", "Snickeri", "Skärgårdsbåtar", "Rörläggeri", "Bokhandel", "Mejeri"],
        forms: &["AB", "HB"],
        first: &["Åsa", "Göran", "Märta", "Östen", "Malin", "Björn"],
        last: &["Åkesson", "Sjöberg", "Lindström", "Hägg", "Öberg", "Nyström"],
        towns: &["Malmö", "Örebro", "Linköping", "Umeå", "Växjö", "Gävle"],
    },
    Tongue {
        country: "GB",
        trades: &["Bakery", "Joinery", "Surveyors", "Marine", "Garden Centre", "Printers", "Dental", "Freight"],
        forms: &["Ltd", "LLP", "plc"],
        first: &["Amelia", "George", "Niamh", "Rhys", "Chloë", "Oliver"],
        last: &["Whitfield", "Ashworth", "Brontë", "Pemberton", "O'Neill", "Thackeray", "Llewellyn"],
        towns: &["Whitby", "Ludlow", "Penzance", "Stirling", "Harrogate", "Bangor"],
    },
    Tongue {
        country: "NL",
        trades: &["Bakkerij", "Scheepswerf", "Bouwbedrijf", "Kwekerij", "Drukkerij", "Kaashandel"],
        forms: &["B.V.", "N.V.", "V.O.F."],
        first: &["Joost", "Annelies", "Zoë", "Maarten", "Loïs", "Pieter"],
        last: &["van Dijk", "de Groot", "IJsselstein", "Kuipers", "Daniëls", "Vermeer"],
        towns: &["Haarlem", "IJmuiden", "Zwolle", "Gouda", "Enschede", "Delft"],
    },
];

/// Products with their shares: the first are bought most.
pub(super) const PRODUCTS: [(&str, &str, &str, i64); 10] = [
    ("CFQ7TTC0LH16", "0001", "Microsoft 365 Business Standard", 1_290),
    ("CFQ7TTC0LCHC", "0002", "Microsoft 365 Business Premium", 2_090),
    ("CFQ7TTC0LH18", "0001", "Microsoft 365 Business Basic", 590),
    ("CFQ7TTC0LH0Z", "0001", "Exchange Online (Plan 1)", 390),
    ("CFQ7TTC0LFLX", "0001", "Microsoft 365 E3", 3_680),
    ("CFQ7TTC0HL8W", "0001", "Power BI Pro", 940),
    ("CFQ7TTC0HD32", "0002", "Visio Plan 2", 1_420),
    ("CFQ7TTC0HDB0", "0002", "Planner and Project Plan 3", 2_810),
    ("CFQ7TTC0LGV0", "0001", "Microsoft Defender for Business", 280),
    ("CFQ7TTC0LHQ7", "0001", "Microsoft Entra ID P1", 560),
];
