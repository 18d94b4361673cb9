extension RegionTable {
    /// The countries of the world by their codes, with their main languages (ISO 639-1): `ID|PREFIXES|LANGUAGES|RUSSIAN|ENGLISH`. An id is the
    /// ISO 3166 code; Macao is `macao`, because `mo` is the Moscow Region. A country may take several lines.
    ///
    /// Sources: the codes that ITU-T has assigned under E.164 (List of assigned country codes) and the area codes of the North American
    /// Numbering Plan, by the data of libphonenumber 9.0.43; names and languages by the Unicode CLDR, shortened.
    static let countries = """
        abkhazia|7840 7940|ab ru|Абхазия|Abkhazia
        ac|247|en|Остров Вознесения|Ascension Island
        ad|376|ca|Андорра|Andorra
        ae|971|ar|ОАЭ|United Arab Emirates
        af|93|fa ps|Афганистан|Afghanistan
        ag|1268|en|Антигуа и Барбуда|Antigua & Barbuda
        ai|1264|en|Ангилья|Anguilla
        al|355|sq|Албания|Albania
        am|374|hy|Армения|Armenia
        ao|244|pt|Ангола|Angola
        ar|54|es|Аргентина|Argentina
        as|1684|sm en|Американское Самоа|American Samoa
        at|43|de|Австрия|Austria
        au|61|en|Австралия|Australia
        aw|297|nl|Аруба|Aruba
        ax|35818|sv|Аландские острова|Åland Islands
        az|994|az|Азербайджан|Azerbaijan
        ba|387|bs hr sr|Босния и Герцеговина|Bosnia & Herzegovina
        bb|1246|en|Барбадос|Barbados
        bd|880|bn|Бангладеш|Bangladesh
        be|32|nl fr de|Бельгия|Belgium
        bf|226|fr|Буркина-Фасо|Burkina Faso
        bg|359|bg|Болгария|Bulgaria
        bh|973|ar|Бахрейн|Bahrain
        bi|257|rn fr en|Бурунди|Burundi
        bj|229|fr|Бенин|Benin
        bm|1441|en|Бермудские острова|Bermuda
        bn|673|ms|Бруней|Brunei
        bo|591|es qu ay|Боливия|Bolivia
        bq|5993 5994 5997|nl|Карибские Нидерланды|Caribbean Netherlands
        br|55|pt|Бразилия|Brazil
        bs|1242|en|Багамы|Bahamas
        bt|975|dz|Бутан|Bhutan
        bw|267|en tn|Ботсвана|Botswana
        by|375|be ru|Беларусь|Belarus
        bz|501|en|Белиз|Belize
        ca|1204 1226 1236 1249 1250 1257 1263 1273 1289 1306 1343 1354 1365 1367 1368 1382|en fr|Канада|Canada
        ca|1403 1416 1418 1428 1431 1437 1438 1450 1468 1474 1506 1514 1519 1548 1579 1581 1584 1587 1604 1613
        ca|1639 1647 1672 1683 1705 1709 1742 1753 1778 1780 1782 1807 1819 1825 1867 1873 1879 1902 1905 1942
        cc|6189162|en|Кокосовые острова|Cocos (Keeling) Islands
        cd|243|fr|Демократическая Республика Конго|Congo (Kinshasa)
        cf|236|sg fr|Центрально-Африканская Республика|Central African Republic
        cg|242|fr|Республика Конго|Congo (Brazzaville)
        ch|41|de fr it|Швейцария|Switzerland
        ci|225|fr|Кот-д’Ивуар|Côte d’Ivoire
        ck|682|en|Острова Кука|Cook Islands
        cl|56|es|Чили|Chile
        cm|237|fr en|Камерун|Cameroon
        cn|86|zh|Китай|China
        co|57|es|Колумбия|Colombia
        cr|506|es|Коста-Рика|Costa Rica
        cu|53|es|Куба|Cuba
        cv|238|pt|Кабо-Верде|Cape Verde
        cw|599|nl|Кюрасао|Curaçao
        cx|6189164|en|Остров Рождества|Christmas Island
        cy|357|el tr|Кипр|Cyprus
        cz|420|cs|Чехия|Czechia
        de|49|de|Германия|Germany
        dj|253|fr ar|Джибути|Djibouti
        dk|45|da|Дания|Denmark
        dm|1767|en|Доминика|Dominica
        do|1809 1829 1849|es|Доминиканская Республика|Dominican Republic
        dz|213|ar fr|Алжир|Algeria
        ec|593|es qu|Эквадор|Ecuador
        ee|372|et|Эстония|Estonia
        eg|20|ar|Египет|Egypt
        eh|2125288 2125289|ar|Западная Сахара|Western Sahara
        er|291|ti en ar|Эритрея|Eritrea
        es|34|es|Испания|Spain
        et|251|am|Эфиопия|Ethiopia
        fi|358|fi sv|Финляндия|Finland
        fj|679|en fj|Фиджи|Fiji
        fk|500|en|Фолклендские острова|Falkland Islands
        fm|691|en|Федеративные Штаты Микронезии|Micronesia
        fo|298|fo|Фарерские острова|Faroe Islands
        fr|33|fr|Франция|France
        ga|241|fr|Габон|Gabon
        gb|44|en|Великобритания|United Kingdom
        gd|1473|en|Гренада|Grenada
        ge|995|ka|Грузия|Georgia
        gf|594|fr|Французская Гвиана|French Guiana
        gg|441481 447781 447839 447911|en|Гернси|Guernsey
        gh|233|en|Гана|Ghana
        gi|350|en|Гибралтар|Gibraltar
        gl|299|kl|Гренландия|Greenland
        gm|220|en|Гамбия|Gambia
        gn|224|fr|Гвинея|Guinea
        gp|590|fr|Гваделупа|Guadeloupe
        gq|240|es fr pt|Экваториальная Гвинея|Equatorial Guinea
        gr|30|el|Греция|Greece
        gt|502|es|Гватемала|Guatemala
        gu|1671|en ch|Гуам|Guam
        gw|245|pt|Гвинея-Бисау|Guinea-Bissau
        gy|592|en|Гайана|Guyana
        hk|852|zh en|Гонконг|Hong Kong
        hn|504|es|Гондурас|Honduras
        hr|385|hr|Хорватия|Croatia
        ht|509|ht fr|Гаити|Haiti
        hu|36|hu|Венгрия|Hungary
        id|62|id|Индонезия|Indonesia
        ie|353|en ga|Ирландия|Ireland
        il|972|he ar|Израиль|Israel
        im|441624 447624|en gv|Остров Мэн|Isle of Man
        in|91|hi en|Индия|India
        io|246|en|Британская территория в Индийском океане|British Indian Ocean Territory
        iq|964|ar|Ирак|Iraq
        ir|98|fa|Иран|Iran
        is|354|is|Исландия|Iceland
        it|39|it|Италия|Italy
        je|441534 447509 447700 447797 447829 447937|en|Джерси|Jersey
        jm|1658 1876|en|Ямайка|Jamaica
        jo|962|ar|Иордания|Jordan
        jp|81|ja|Япония|Japan
        ke|254|sw en|Кения|Kenya
        kg|996|ky ru|Киргизия|Kyrgyzstan
        kh|855|km|Камбоджа|Cambodia
        ki|686|en|Кирибати|Kiribati
        km|269|ar fr|Коморы|Comoros
        kn|1869|en|Сент-Китс и Невис|St. Kitts & Nevis
        kp|850|ko|КНДР|North Korea
        kr|82|ko|Республика Корея|South Korea
        kw|965|ar|Кувейт|Kuwait
        ky|1345|en|Острова Кайман|Cayman Islands
        kz|76 77 997|ru kk|Казахстан|Kazakhstan
        la|856|lo|Лаос|Laos
        lb|961|ar|Ливан|Lebanon
        lc|1758|en|Сент-Люсия|St. Lucia
        li|423|de|Лихтенштейн|Liechtenstein
        lk|94|si ta|Шри-Ланка|Sri Lanka
        lr|231|en|Либерия|Liberia
        ls|266|st en|Лесото|Lesotho
        lt|370|lt|Литва|Lithuania
        lu|352|fr lb de|Люксембург|Luxembourg
        lv|371|lv|Латвия|Latvia
        ly|218|ar|Ливия|Libya
        ma|212|ar fr|Марокко|Morocco
        mc|377|fr|Монако|Monaco
        md|373|ro|Молдова|Moldova
        me|382|sr|Черногория|Montenegro
        mg|261|mg fr en|Мадагаскар|Madagascar
        mh|692|en mh|Маршалловы острова|Marshall Islands
        mk|389|mk|Северная Македония|North Macedonia
        ml|223|fr|Мали|Mali
        mm|95|my|Мьянма|Myanmar
        mn|976|mn|Монголия|Mongolia
        macao|853|zh pt|Макао|Macao
        mp|1670|en|Северные Марианские острова|Northern Mariana Islands
        mq|596|fr|Мартиника|Martinique
        mr|222|ar|Мавритания|Mauritania
        ms|1664|en|Монтсеррат|Montserrat
        mt|356|mt en|Мальта|Malta
        mu|230|fr en|Маврикий|Mauritius
        mv|960|dv|Мальдивы|Maldives
        mw|265|ny en|Малави|Malawi
        mx|52|es|Мексика|Mexico
        my|60|ms|Малайзия|Malaysia
        mz|258|pt|Мозамбик|Mozambique
        na|264|en|Намибия|Namibia
        nc|687|fr|Новая Каледония|New Caledonia
        ne|227|fr|Нигер|Niger
        nf|672|en|Остров Норфолк|Norfolk Island
        ng|234|en|Нигерия|Nigeria
        ni|505|es|Никарагуа|Nicaragua
        nl|31|nl|Нидерланды|Netherlands
        no|47|no|Норвегия|Norway
        np|977|ne|Непал|Nepal
        nr|674|en na|Науру|Nauru
        nu|683|en|Ниуэ|Niue
        nz|64|en mi|Новая Зеландия|New Zealand
        om|968|ar|Оман|Oman
        pa|507|es|Панама|Panama
        pe|51|es qu|Перу|Peru
        pf|689|fr ty|Французская Полинезия|French Polynesia
        pg|675|en ho|Папуа — Новая Гвинея|Papua New Guinea
        ph|63|en|Филиппины|Philippines
        pk|92|ur en|Пакистан|Pakistan
        pl|48|pl|Польша|Poland
        pm|508|fr|Сен-Пьер и Микелон|St. Pierre & Miquelon
        pr|1787 1939|es en|Пуэрто-Рико|Puerto Rico
        ps|970|ar|Палестинские территории|Palestinian Territories
        pt|351|pt|Португалия|Portugal
        pw|680|en|Палау|Palau
        py|595|gn es|Парагвай|Paraguay
        qa|974|ar|Катар|Qatar
        re|262|fr|Реюньон|Réunion
        ro|40|ro|Румыния|Romania
        rs|381|sr|Сербия|Serbia
        ru|7|ru|Россия|Russia
        rw|250|rw en fr|Руанда|Rwanda
        sa|966|ar|Саудовская Аравия|Saudi Arabia
        sb|677|en|Соломоновы острова|Solomon Islands
        sc|248|fr en|Сейшельские острова|Seychelles
        sd|249|en ar|Судан|Sudan
        se|46|sv|Швеция|Sweden
        sg|65|en zh ms ta|Сингапур|Singapore
        sh|290|en|Остров Святой Елены|Saint Helena
        si|386|sl|Словения|Slovenia
        sj|4779|no|Шпицберген и Ян-Майен|Svalbard & Jan Mayen
        sk|421|sk|Словакия|Slovakia
        sl|232|en|Сьерра-Леоне|Sierra Leone
        sm|378|it|Сан-Марино|San Marino
        sn|221|wo fr|Сенегал|Senegal
        so|252|so ar|Сомали|Somalia
        sr|597|nl|Суринам|Suriname
        ss|211|en|Южный Судан|South Sudan
        st|239|pt|Сан-Томе и Принсипи|São Tomé & Príncipe
        sv|503|es|Сальвадор|El Salvador
        sx|1721|en nl|Синт-Мартен|Sint Maarten
        sy|963|ar|Сирия|Syria
        sz|268|en ss|Эсватини|Eswatini
        ta|2908|en|Тристан-да-Кунья|Tristan da Cunha
        tc|1649|en|Тёркс и Кайкос|Turks & Caicos Islands
        td|235|ar fr|Чад|Chad
        tg|228|fr|Того|Togo
        th|66|th|Таиланд|Thailand
        tj|992|tg|Таджикистан|Tajikistan
        tk|690|en|Токелау|Tokelau
        tl|670|pt|Восточный Тимор|Timor-Leste
        tm|993|tk|Туркменистан|Turkmenistan
        tn|216|ar fr|Тунис|Tunisia
        to|676|to en|Тонга|Tonga
        tr|90|tr|Турция|Türkiye
        tt|1868|en|Тринидад и Тобаго|Trinidad & Tobago
        tv|688|en|Тувалу|Tuvalu
        tw|886|zh|Тайвань|Taiwan
        tz|255|sw en|Танзания|Tanzania
        ua|380|uk ru|Украина|Ukraine
        ug|256|sw en|Уганда|Uganda
        us|1|en|США|United States
        uy|598|es|Уругвай|Uruguay
        uz|998|uz|Узбекистан|Uzbekistan
        va|379 3906698|it|Ватикан|Vatican City
        vc|1784|en|Сент-Винсент и Гренадины|St. Vincent & Grenadines
        ve|58|es|Венесуэла|Venezuela
        vg|1284|en|Британские Виргинские острова|British Virgin Islands
        vi|1340|en|Американские Виргинские острова|U.S. Virgin Islands
        vn|84|vi|Вьетнам|Vietnam
        vu|678|bi en fr|Вануату|Vanuatu
        wf|681|fr|Уоллис и Футуна|Wallis & Futuna
        ws|685|sm en|Самоа|Samoa
        xk|383|sq sr|Косово|Kosovo
        ye|967|ar|Йемен|Yemen
        yt|262269 262639|fr|Майотта|Mayotte
        za|27|en|ЮАР|South Africa
        zm|260|en|Замбия|Zambia
        zw|263|sn en nd|Зимбабве|Zimbabwe
        """
}
