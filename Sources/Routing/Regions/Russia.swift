extension RegionTable {
    /// The subjects of Russia by the geographic codes of its numbering plan (ABC codes): `ID|PREFIXES||RUSSIAN|ENGLISH`. It tells where the
    /// plan uses a code, nothing more. Mobile (DEF) codes are of no region.
    ///
    /// Source: the Russian numbering plan as the geographic data of libphonenumber 9.0.43 give it, code by code; names shortened.
    static let russia = """
        msk|7495 7499||Москва|Moscow
        mo|7496 7498||Московская область|Moscow Region
        spb|7812||Санкт-Петербург|Saint Petersburg
        lenobl|7813||Ленинградская область|Leningrad Region
        adygea|7877||Адыгея|Adygea
        altai-republic|7388||Республика Алтай|Altai Republic
        altai|7385||Алтайский край|Altai Territory
        amur|7416||Амурская область|Amur Region
        arkhangelsk|7818||Архангельская область|Arkhangelsk Region
        astrakhan|7851||Астраханская область|Astrakhan Region
        baikonur|7336||Байконур|Baikonur
        bashkortostan|7347||Башкортостан|Bashkortostan
        belgorod|7472||Белгородская область|Belgorod Region
        bryansk|7483||Брянская область|Bryansk Region
        buryatia|7301||Бурятия|Buryatia
        chechnya|7871||Чечня|Chechnya
        chelyabinsk|7351||Челябинская область|Chelyabinsk Region
        chukotka|7427||Чукотский автономный округ|Chukotka
        chuvashia|7835||Чувашия|Chuvashia
        crimea|7365||Крым|Crimea
        dagestan|7872||Дагестан|Dagestan
        dnr|7856||Донецкая Народная Республика|Donetsk People's Republic
        eao|7426||Еврейская автономная область|Jewish Autonomous Region
        ekb|7343||Свердловская область|Sverdlovsk Region (Ekaterinburg)
        ingushetia|7873||Ингушетия|Ingushetia
        irkutsk|7395||Иркутская область|Irkutsk Region
        ivanovo|7493||Ивановская область|Ivanovo Region
        kabardino-balkaria|7866||Кабардино-Балкария|Kabardino-Balkaria
        kaliningrad|7401||Калининградская область|Kaliningrad Region
        kalmykia|7847||Калмыкия|Kalmykia
        kaluga|7484||Калужская область|Kaluga Region
        kamchatka|7415||Камчатский край|Kamchatka Territory
        karachay-cherkessia|7878||Карачаево-Черкесия|Karachay-Cherkessia
        karelia|7814||Карелия|Karelia
        kemerovo|7384||Кемеровская область|Kemerovo Region
        khabarovsk|7421||Хабаровский край|Khabarovsk Territory
        khakassia|7390||Хакасия|Khakassia
        kherson|7860||Херсонская область|Kherson Region
        khmao|7346||Ханты-Мансийский автономный округ|Khanty-Mansi Autonomous District
        kirov|7833||Кировская область|Kirov Region
        komi|7821||Коми|Komi
        kostroma|7494||Костромская область|Kostroma Region
        krasnodar|7861 7862||Краснодарский край|Krasnodar Territory
        krasnoyarsk|7391||Красноярский край|Krasnoyarsk Territory
        kurgan|7352||Курганская область|Kurgan Region
        kursk|7471||Курская область|Kursk Region
        lipetsk|7474||Липецкая область|Lipetsk Region
        lnr|7857||Луганская Народная Республика|Luhansk People's Republic
        magadan|7413||Магаданская область|Magadan Region
        mari-el|7836||Марий Эл|Mari El
        mordovia|7834||Мордовия|Mordovia
        murmansk|7815||Мурманская область|Murmansk Region
        nenets|781853||Ненецкий автономный округ|Nenets Autonomous District
        nizhny|7831||Нижегородская область|Nizhny Novgorod Region
        north-ossetia|7867||Северная Осетия|North Ossetia
        novgorod|7816||Новгородская область|Novgorod Region
        novosibirsk|7383||Новосибирская область|Novosibirsk Region
        omsk|7381||Омская область|Omsk Region
        orenburg|7353||Оренбургская область|Orenburg Region
        orel|7486||Орловская область|Oryol Region
        penza|7841||Пензенская область|Penza Region
        perm|7342||Пермский край|Perm Territory
        primorye|7423||Приморский край|Primorye Territory
        pskov|7811||Псковская область|Pskov Region
        rostov|7863||Ростовская область|Rostov Region
        ryazan|7491||Рязанская область|Ryazan Region
        sakhalin|7424||Сахалинская область|Sakhalin Region
        samara|7846 7848||Самарская область|Samara Region
        saratov|7845||Саратовская область|Saratov Region
        sevastopol|7869||Севастополь|Sevastopol
        smolensk|7481||Смоленская область|Smolensk Region
        stavropol|7865 7879||Ставропольский край|Stavropol Territory
        tambov|7475||Тамбовская область|Tambov Region
        tatarstan|7843 7855||Татарстан|Tatarstan
        tomsk|7382||Томская область|Tomsk Region
        tula|7487||Тульская область|Tula Region
        tver|7482||Тверская область|Tver Region
        tyumen|7345||Тюменская область|Tyumen Region
        tyva|7394||Тыва|Tyva
        udmurtia|7341||Удмуртия|Udmurtia
        ulyanovsk|7842||Ульяновская область|Ulyanovsk Region
        vladimir|7492||Владимирская область|Vladimir Region
        volgograd|7844||Волгоградская область|Volgograd Region
        vologda|7817 7820||Вологодская область|Vologda Region
        voronezh|7473||Воронежская область|Voronezh Region
        yakutia|7411||Якутия|Yakutia (Sakha)
        yanao|7349||Ямало-Ненецкий автономный округ|Yamalo-Nenets Autonomous District
        yaroslavl|7485||Ярославская область|Yaroslavl Region
        zabaykalye|7302||Забайкальский край|Zabaykalsky Territory
        """
}
