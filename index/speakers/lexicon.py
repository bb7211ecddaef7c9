"""Nouns that tell what kind of speaker a phrase names."""

from __future__ import annotations

from collections.abc import Collection

TITLES = {
    "mr": "mr", "mrs": "mrs", "ms": "ms", "miss": "miss", "mx": "mx", "dr": "doctor",
    "prof": "professor", "sir": "sir", "dame": "dame", "lord": "lord", "lady": "lady",
    "sen": "senator", "sens": "senator", "rep": "representative", "reps": "representative",
    "gov": "governor", "govs": "governor", "lt": "lieutenant", "gen": "general", "col": "colonel",
    "cllr": "councillor", "coun": "councillor", "capt": "captain", "sgt": "sergeant",
    "maj": "major", "cmdr": "commander", "adm": "admiral",
    "supt": "superintendent", "rev": "reverend", "fr": "father", "hon": "honourable",
    "atty": "attorney", "pres": "president", "det": "detective", "cpl": "corporal",
    "msgr": "monsignor", "insp": "inspector",
}  # fmt: skip
"""Titles as printed before a name, lower case without a full stop, and the noun they stand for."""

PEOPLE = frozenset(
    """
    academic activist actor actress adviser advisor advocate agent aide alderman alderwoman ally
    ambassador analyst anchor announcer anybody anyone archbishop architect artist assemblyman
    assemblywoman assistant astronaut athlete attorney aunt author ayatollah banker billionaire
    bishop blogger boss boxer boyfriend brother builder businessman businesswoman buyer caller
    candidate captain cardinal caretaker carpenter centrist ceo cfo chair chairlady chairman
    chairperson chairwoman challenger chancellor chemist chief child citizen classmate cleric
    clerk client coach colleague collector colonel columnist comedian commander commentator
    commissioner computer-scientist congressman congresswoman conservative consultant contender
    contractor coo coordinator cop coroner correspondent councillor councilman councilwoman
    counsel counselor creationist criminologist critic cto curator dad daughter dealer dean
    defendant delegate democrat deputy designer detective developer dictator diplomat director
    dissident doc doctor donor driver economist editor educator electrician emperor employee
    employer engineer entrepreneur envoy evangelical everybody everyone ex-husband ex-wife
    executive expert fan farmer father fellow filmmaker financier firefighter foe follower
    founder friend frontrunner fundraiser general geologist girl girlfriend governor grandfather
    grandmother guard guest guru heir historian hopeful host hunter husband imam immigrant
    incumbent independent insider inspector instructor intern interviewer investigator investor
    jogger journalist judge juror justice king lady landlord lawmaker lawyer leader lecturer
    legislator liberal libertarian lieutenant lobbyist magistrate magnate major man manager
    marshal mayor mechanic member mentor mep merchant midwife millionaire minister mla moderator
    mogul monarch mother mp mpp msp musician native negotiator neighbor neighbour neurologist
    nobody nominee novelist nurse observer officer official operative operator opponent
    organiser organizer owner painter parent participant partner passenger pastor pathologist
    patient person philanthropist philosopher photographer physician physicist pianist pilot
    plaintiff playwright poet policeman politician pollster pope predecessor premier presenter
    president president-elect priest prime-minister prince princess principal producer professor
    programmer prosecutor protester psychiatrist psychologist publisher queen rabbi rapper
    reader realtor receptionist recruiter refugee reporter representative republican researcher
    resident respondent reverend rival roommate runner salesman scholar scientist secretary
    senator sergeant sheik sheikh sheriff singer sister socialist sociologist soldier solicitor
    somebody someone son speaker specialist spokesman spokesperson spokeswoman staffer star
    statistician strategist student subscriber successor superintendent supervisor supporter
    surgeon surrogate survivor suspect teacher technician teen teenager therapist trader trainer
    translator treasurer trustee tycoon user veteran vice-president victim viewer visitor
    volunteer voter vp warden warlord widow wife winner witness woman worker writer youth
    """.split()
)  # fmt: skip

TRADES = (
    "ician", "grapher", "keeper", "logist", "man", "master", "smith", "surgeon", "woman", "ist",
)  # fmt: skip
"""Endings of nouns for people that `PEOPLE` doesn't hold all of: "linguist", "beekeeper"."""

GROUPS = frozenset(
    """
    audience board brass caucus class coalition committee community council couple crew crowd
    delegation establishment faction family force jury leadership majority management media men
    military minority opposition pair panel people police population press public quarter
    rank-and-file rest side staff team trio women world percent electorate nation americans
    many some others most few those both all several half
    """.split()
)

ORGANISATIONS = frozenset(
    """
    administration agency airline alliance army assembly association authority bank board body
    brand broadcaster bureau cabinet campaign center centre chain chamber channel charity church
    city clinic club coalition college commission committee company conglomerate congress
    consortium consulate corporation council country county court department division embassy
    employer federation firm force foundation fund giant government group hospital house industry
    institute institution intelligence joint-venture kingdom laboratory league legislature lender
    magazine maker manufacturer ministry monarchy monitor movement museum nation network newspaper
    nonprofit office operator organisation organization outfit outlet paper parliament partnership
    party police programme publication publisher regime regulator republic retailer school senate
    service site society start-up startup state station studio team tribunal union university
    watchdog website province municipality township village town state council
    """.split()
)

BODY_WORDS = frozenset(
    """
    airport bowl bureau caucus citizens convention corp edition editorial health holdings inc
    industries initiative jazeera journal llc llp ltd media news observer pac plan poll polls
    press qaeda rankings realty research review rising sentinel show statement summit systems
    technologies times voters watch
    """.split()
)
"""Last words of names that are no people's, besides the nouns for organisations and documents."""

DOCUMENTS = frozenset(
    """
    account ad advert advertisement affidavit agreement analysis announcement article assessment
    audit autobiography bill biography blog book brief briefing broadcast bulletin cable caption
    clip column commentary communique complaint constitution contract data decision declaration
    decree dispatch document documentary dossier draft editorial email e-mail essay estimate
    evidence executive-order exposé figure file filing film finding footage forecast guideline
    headline history indictment interview investigation invoice journal judgment judgement law
    lawsuit leaflet legislation letter list literature log manifesto manual material memo
    memoir memorandum message minute model motion notebook notice number op-ed opinion order
    outline pamphlet paper paperwork petition piece placard platform podcast policy poll pledge
    post poster posting presentation profile proposal protocol publication questionnaire
    quote ranking record recording regulation release reply report reporting research
    resolution resume return review rule ruling screenshot script section segment show sign
    signal slide slogan song speech statement statistic statute story study submission
    subpoena summary survey t-shirt tape testimony text textbook thread transcript treaty
    tweet verdict version video warrant writing
    """.split()
)

ISSUED = frozenset(
    "account article broadcast column coverage dispatch document documentary editorial exposé "
    "file interview investigation memo piece reporting report scoop story".split()
)
"""Documents that speak for whoever issued them: a Gazette report is the Gazette speaking."""

SPOKEN = frozenset(
    "address allegation announcement assertion answer argument claim comment criticism "
    "declaration denial op-ed post quote remark reply response rhetoric speech statement "
    "suggestion testimony tweet word pledge promise vow warning".split()
)
"""Words of somebody's own: his remarks are he speaking."""

AUTHORED = frozenset(
    "affidavit autobiography book brief column diary e-mail email essay filing letter memoir "
    "message submission text".split()
)
"""What speaks for the person who wrote it, where it is said to be his or by him."""

OFFICES = frozenset("camp campaign office team administration operation staff cabinet".split())
"""What belongs to a person and speaks for itself: "Ms. Roe's office"."""

PARTS = frozenset(
    "one two three some many most few several all both half none each other majority number "
    "dozen hundred thousand lot handful couple percent part".split()
)
"""Heads of phrases such as "several of his aides", whose kind the other noun tells."""

UNNAMED = frozenset(
    "adviser advisor aide associate confidant diplomat insider member officer official "
    "operative person source spokesman spokesperson spokeswoman staffer assistant".split()
)
"""People whom articles quote without their names, in the plural too."""

UNIQUE = frozenset(
    "pope king queen president premier prime-minister chancellor mayor judge monarch "
    "emperor author reader viewer caller moderator interviewer person victim".split()
)
"""Roles that an article may name without having named who has them."""

COMPANIES = frozenset(
    "airline bank broadcaster charity company corporation firm fund giant group maker magazine "
    "manufacturer network newspaper nonprofit organisation organization outfit outlet paper "
    "publication regulator retailer start-up startup think-tank union website site".split()
)
"""Nouns by which an article comes back to an organisation that it has named."""

BODILY = frozenset(
    "buyer contractor employer founder leader maker member operator opponent owner partner "
    "producer publisher rival supporter winner".split()
)
"""Of `PEOPLE`, what a company can be as well."""

KNIGHTS = frozenset({"sir", "dame"})
"""Titles that stand before a given name."""

KIN = {
    "senator": {"lawmaker", "legislator", "politician"},
    "representative": {"congressman", "congresswoman", "lawmaker", "legislator", "politician"},
    "congressman": {"lawmaker", "legislator", "representative", "politician"},
    "congresswoman": {"lawmaker", "legislator", "representative", "politician"},
    "nominee": {"candidate", "contender", "hopeful", "runner", "frontrunner"},
    "candidate": {"contender", "hopeful", "nominee", "runner", "frontrunner"},
    "runner": {"candidate", "contender", "hopeful", "nominee", "frontrunner"},
    "frontrunner": {"candidate", "contender", "hopeful", "nominee", "runner"},
    "spokesman": {"spokesperson", "representative"},
    "spokeswoman": {"spokesperson", "representative"},
    "attorney": {"lawyer", "counsel"},
    "lawyer": {"attorney", "counsel"},
    "doctor": {"physician"},
    "physician": {"doctor"},
    "professor": {"academic", "scholar", "researcher", "scientist", "expert"},
    "mogul": {"businessman", "billionaire", "tycoon", "developer"},
    "businessman": {"mogul", "billionaire", "tycoon"},
    "reporter": {"journalist"},
    "journalist": {"reporter"},
    "economist": {"expert", "analyst"},
    "governor": {"politician"},
    "mayor": {"politician"},
    "adviser": {"aide", "advisor"},
    "advisor": {"aide", "adviser"},
}
"""Other nouns by which an article may come back to somebody of a role."""

_ANYBODY = frozenset(
    "republican democrat conservative liberal independent politician man woman native billionaire "
    "millionaire businessman businesswoman mogul tycoon veteran".split()
)
"""What people of many roles can be called besides."""

_UNTELLING = _ANYBODY | frozenset(
    "candidate contender hopeful runner frontrunner incumbent challenger nominee rival opponent "
    "supporter friend ally husband wife father mother son daughter star member".split()
)
"""Roles that somebody may have besides any other."""

_RUNNING = frozenset("candidate contender hopeful runner frontrunner nominee".split())
_OFFICES_HELD = frozenset(
    "senator representative congressman congresswoman governor mayor president secretary "
    "premier minister lawmaker".split()
)

_OPPOSITES = {
    "republican": {"democrat"},
    "democrat": {"republican"},
    "man": {"woman"},
    "woman": {"man"},
}

_HONORIFICS = frozenset("mr mrs ms miss mx sir dame".split())


def stands_for(role: str, noun: str) -> bool:
    """Whether `noun` may name somebody introduced as `role`; both lower-case singulars."""
    return role == noun or noun in KIN.get(role, ())


def clash(noun: str, roles: Collection[str]) -> bool:
    """Whether somebody whom an article gives these roles is hardly meant by `noun`."""
    if noun in _ANYBODY:
        return bool(_OPPOSITES.get(noun, set()) & set(roles))
    held = {r for r in roles if r in PEOPLE and r not in _UNTELLING and not is_honorific(r)}
    if noun in _RUNNING:
        held -= _OFFICES_HELD
    return bool(held) and not any(stands_for(role, noun) for role in held)


def is_honorific(role: str) -> bool:
    """Whether a role is a mere form of address, which no phrase comes back to."""
    return role in _HONORIFICS
