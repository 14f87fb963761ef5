package docview

// sample is a short invented report in one script, with what is labelled in it. All
// of them are built alike: a claim split by its source and cue, something nested in
// its second half, one stretch with two labels, and two spans that cross.
type sample struct {
	file, title, note string
	language          string // BCP 47
	text              string
	first, second     string // the halves of the split claim
	source, cue       string
	nested            string // in the second half
	twice             string // is both Source and Target
	claim, crossing   string // overlap
}

var samples = []sample{
	{
		file: "latin", title: "Latin", language: "en",
		note: "The claim is one span of two fragments: dashes run through the gap, and the second chip counts. “The guild” has two labels, which lie in one place with two underlines; the claim at the end and the target cross.",
		text: "“The lake has not fallen,” said Mara Tollen, “and the gauges show 3.5 metres.” " +
			"The guild replied that the board closed the sluice in March.",
		first: "“The lake has not fallen,”", second: "“and the gauges show 3.5 metres.”", source: "Mara Tollen", cue: "said",
		nested: "the gauges", twice: "The guild", claim: "the board closed the sluice", crossing: "the sluice in March",
	},
	{
		file: "urdu", title: "Urdu", language: "ur",
		note: "Lines read from the right. Letters join in the Naskh style; 3.5 and 2024 read from the left; the brackets round 2024 open to the left. Chips stand where their words begin, at the right.",
		text: "“جھیل کا پانی کم نہیں ہوا،” سارہ ملک نے کہا، “اور پیمانے 3.5 میٹر دکھاتے ہیں۔” " +
			"ماہی گیروں نے جواب دیا کہ محکمے نے مارچ (2024) میں پھاٹک بند کر دیا تھا۔",
		first: "“جھیل کا پانی کم نہیں ہوا،”", second: "“اور پیمانے 3.5 میٹر دکھاتے ہیں۔”", source: "سارہ ملک", cue: "کہا",
		nested: "پیمانے", twice: "ماہی گیروں", claim: "محکمے نے مارچ (2024) میں پھاٹک", crossing: "پھاٹک بند کر دیا تھا",
	},
	{
		file: "arabic", title: "Arabic, with numbers and brackets", language: "ar",
		note: "The quotation marks « » open at the right and close at the left, and so do the brackets; 3.5 and 2024 read from the left inside the line.",
		text: "«لم ينخفض منسوب البحيرة»، قالت ليلى حداد، «والمقاييس تُظهر 3.5 أمتار (في 12 مارس 2024)». " +
			"وردّ الصيادون بأن الهيئة أغلقت البوابة في الشتاء.",
		first: "«لم ينخفض منسوب البحيرة»", second: "«والمقاييس تُظهر 3.5 أمتار (في 12 مارس 2024)»", source: "ليلى حداد", cue: "قالت",
		nested: "12 مارس 2024", twice: "الصيادون", claim: "الهيئة أغلقت البوابة", crossing: "البوابة في الشتاء",
	},
	{
		file: "hebrew", title: "Hebrew", language: "he",
		note: "Lines read from the right; 3.5 and 2024 read from the left; the final letters ם ן ף stand at the left of their words.",
		text: "“מפלס האגם לא ירד”, אמרה מירה תולן, “והמדידות מראות 3.5 מטרים (במרץ 2024)”. " +
			"הדייגים השיבו שהרשות סגרה את הסכר בחורף.",
		first: "“מפלס האגם לא ירד”", second: "“והמדידות מראות 3.5 מטרים (במרץ 2024)”", source: "מירה תולן", cue: "אמרה",
		nested: "והמדידות", twice: "הדייגים", claim: "שהרשות סגרה את הסכר", crossing: "את הסכר בחורף",
	},
	{
		file: "hindi", title: "Hindi", language: "hi",
		note: "The headline runs through each word; ि stands before its consonant (in स्थिति), and consonants join (स्थ, त्त). A frame never cuts a syllable.",
		text: "“झील की स्थिति नहीं बदली,” मीरा जोशी ने कहा, “और मापक यही दिखाते हैं।” " +
			"मछुआरों ने उत्तर दिया कि विभाग ने मार्च में फाटक बंद कर दिया था।",
		first: "“झील की स्थिति नहीं बदली,”", second: "“और मापक यही दिखाते हैं।”", source: "मीरा जोशी", cue: "कहा",
		nested: "मापक", twice: "मछुआरों", claim: "विभाग ने मार्च में फाटक", crossing: "फाटक बंद कर दिया था",
	},
	{
		file: "bengali", title: "Bengali", language: "bn",
		note: "ি, ে and ো stand before or around their consonants; the conjuncts হ্র and প্ত are one form each.",
		text: "“হ্রদের জল কমেনি,” বললেন মীরা সেন, “আর মাপকাঠি তা-ই দেখাচ্ছে।” " +
			"জেলেরা জবাব দিলেন যে দপ্তর মার্চ মাসে ফটক বন্ধ করেছিল।",
		first: "“হ্রদের জল কমেনি,”", second: "“আর মাপকাঠি তা-ই দেখাচ্ছে।”", source: "মীরা সেন", cue: "বললেন",
		nested: "মাপকাঠি", twice: "জেলেরা", claim: "দপ্তর মার্চ মাসে ফটক", crossing: "ফটক বন্ধ করেছিল",
	},
	{
		file: "thai", title: "Thai", language: "th",
		note: "No blanks between words; vowels and tone marks stand above and below their consonant without touching the chips, two of them stacked in ที่ and น้ำ.",
		text: "“ระดับน้ำในทะเลสาบไม่ได้ลดลง” มีนา ใจดี กล่าว “และเครื่องวัดที่ท่าเรือก็แสดงเช่นนั้น” " +
			"ชาวประมงตอบว่าหน่วยงานปิดประตูน้ำในเดือนมีนาคม",
		first: "“ระดับน้ำในทะเลสาบไม่ได้ลดลง”", second: "“และเครื่องวัดที่ท่าเรือก็แสดงเช่นนั้น”", source: "มีนา ใจดี", cue: "กล่าว",
		nested: "เครื่องวัด", twice: "ชาวประมง", claim: "หน่วยงานปิดประตูน้ำ", crossing: "ประตูน้ำในเดือนมีนาคม",
	},
	{
		file: "chinese", title: "Chinese", language: "zh-Hans",
		note:  "Lines may break between any two characters, but none begins with a comma, a full stop or a closing mark.",
		text:  "“湖水没有下降，”林美对记者说，“测量仪也显示如此，今天是三点五米。”渔民回应说，管理局三月关闭了水闸，没有通知任何人。",
		first: "“湖水没有下降，”", second: "“测量仪也显示如此，今天是三点五米。”", source: "林美", cue: "说",
		nested: "测量仪", twice: "渔民", claim: "管理局三月关闭", crossing: "关闭了水闸",
	},
	{
		file: "japanese", title: "Japanese", language: "ja",
		note:  "Kanji in their Japanese forms (直, 海) beside kana; 「 」 are the quotation marks; no line begins with 。 or 」.",
		text:  "「湖の水位は下がっていない」と森美和氏は述べ、「計器も直近の値でそれを示している」と付け加えた。漁師たちは、当局が三月に海側の水門を閉じたと反論した。",
		first: "「湖の水位は下がっていない」", second: "「計器も直近の値でそれを示している」", source: "森美和氏", cue: "述べ",
		nested: "計器", twice: "漁師たち", claim: "当局が三月に海側の水門", crossing: "水門を閉じた",
	},
	{
		file: "korean", title: "Korean", language: "ko",
		note: "Syllable blocks, with blanks between words; the particle 고 follows the closing quotation mark directly.",
		text: "“호수의 수위는 내려가지 않았다”고 김미라 씨는 말하며 “계측기도 그렇게 보여 준다”고 덧붙였다. " +
			"어민들은 당국이 3월에 수문을 닫았다고 반박했다.",
		first: "“호수의 수위는 내려가지 않았다”", second: "“계측기도 그렇게 보여 준다”", source: "김미라 씨", cue: "말하며",
		nested: "계측기", twice: "어민들", claim: "당국이 3월에 수문을", crossing: "수문을 닫았다",
	},
	{
		file: "emoji", title: "Emoji", language: "en",
		note: "A family, a skin tone, a profession, flags and a keycap are one character each: the frames hold them whole.",
		text: "“The lake is fine 🌊👍🏽,” posted Mara 👩‍🔬, “ask the 👨‍👩‍👧‍👦 next door 🏳️‍🌈.” " +
			"The guild 🐟 replied that route 1️⃣ from 🇳🇴 to 🇸🇪 closed in March ❄️.",
		first: "“The lake is fine 🌊👍🏽,”", second: "“ask the 👨‍👩‍👧‍👦 next door 🏳️‍🌈.”", source: "Mara 👩‍🔬", cue: "posted",
		nested: "👨‍👩‍👧‍👦", twice: "The guild 🐟", claim: "route 1️⃣ from 🇳🇴 to 🇸🇪", crossing: "🇸🇪 closed in March ❄️",
	},
	{
		file: "mixed-english", title: "English with Arabic and Urdu", language: "en",
		note: "Each quotation reads from the right inside a line that reads from the left; 12 and 2024 read from the left within them. A frame that covers part of a quotation covers the words meant, not their neighbours on the screen.",
		text: "Asked again, the minister said “المياه لم تنخفض منذ 12 مارس (وفق المقياس)”, adding in Urdu “یہ دعویٰ 2024 میں بھی کیا گیا تھا۔” " +
			"The guild replied that البحيرة is a metre lower than in 2023.",
		first: "“المياه لم تنخفض منذ 12 مارس (وفق المقياس)”", second: "“یہ دعویٰ 2024 میں بھی کیا گیا تھا۔”", source: "the minister", cue: "said",
		nested: "2024 میں", twice: "The guild", claim: "البحيرة is a metre lower", crossing: "a metre lower than in 2023",
	},
	{
		file: "mixed-urdu", title: "Urdu with English", language: "ur",
		note: "Names and figures in Latin letters read from the left inside lines that read from the right.",
		text: "کل Mara Tollen نے Orsa Daily کو بتایا: “Lake Orsa کا پانی 3.5% کم نہیں ہوا” اور یہ بھی کہ “gauge نمبر 12 یہی دکھاتا ہے۔” " +
			"Fishing Guild نے جواب دیا کہ Harbour Trust نے 4 مارچ کو پھاٹک بند کیا۔",
		first: "“Lake Orsa کا پانی 3.5% کم نہیں ہوا”", second: "“gauge نمبر 12 یہی دکھاتا ہے۔”", source: "Mara Tollen", cue: "بتایا",
		nested: "gauge نمبر 12", twice: "Fishing Guild", claim: "Harbour Trust نے 4 مارچ کو", crossing: "4 مارچ کو پھاٹک بند کیا",
	},
}
