"""Gender as English pronouns show it: titles, gendered nouns and common given names.

The given names are some 930 common ones, written down by hand and not checked against a register;
names that many men and women share (Jordan, Leslie, Robin) are left out, so that an article's own
pronouns decide.
"""

from __future__ import annotations

from ..records import Gender

_FEMALE_NAMES = frozenset(
    """
    abby abigail ada adriana agnes aisha alejandra alexandra alexis alice alicia alison allison
    alyssa amanda amber amelia amina amy ana anastasia andrea angela angelina angie anita ann anna
    anne annette annie april ariana ashley audrey barbara beatrice becky belinda bella bernadette
    bernice beth bethany betsy betty beverly billie bonnie brenda brianna bridget brittany brooke
    camille candace carla carly carmen carol carole caroline carolyn carrie catherine cathy cecilia
    celeste celia charlene charlotte chelsea cheryl chloe christina christine christy cindy claire
    clara claudia colleen connie constance courtney crystal cynthia daisy dana danielle daphne
    dawn deanna deb debbie deborah debra denise desiree diana diane dianne dolores donna dora
    doris dorothy edith eileen elaine eleanor elena elise elizabeth ella ellen eloise elsa emilia
    emily emma erica erika erin esperanza estelle esther eva eve evelyn faith fatima faye felicia
    fiona florence frances francesca gabriela gabriella gabrielle gail genevieve georgia geraldine
    gertrude gillian gina ginger gladys glenda gloria grace greta gretchen gwen gwendolyn hannah
    harriet hazel heather heidi helen helena henrietta hilary hillary holly hope huma ida imani
    ingrid irene iris irma isabel isabella isabelle ivanka ivy jackie jacqueline jane janet janice
    jasmine jean jeanette jeanne jenna jennifer jenny jill joan joann joanna joanne jocelyn jodi
    josephine joy joyce juanita judith judy julia juliana julie june justine kamala kara karen
    karin karla kate katharine katherine kathleen kathryn kathy katie katrina kayla kaylee
    kellyanne kendra kimberly kirsten kristen kristi kristin kristina latoya laura lauren laurie
    leah leila lena leona leticia lillian lily linda lindsey lisa liz liza lois loretta lori
    lorraine louise lucia lucille lucinda lucy lydia lynda lynn lynne mabel madeleine madeline
    maggie malia mandy marcia margaret margarita maria mariah marian mariana marianne marie
    marilyn marina marjorie marlene marsha martha mary maryam maureen maxine meg megan meghan
    melania melanie melinda melissa mercedes meredith michelle mildred mindy miranda molly mona
    monica monique muriel myra myrna nadia nadine nancy naomi natalia natalie natasha nellie
    nicole nikki nina nora norma olga olivia paige pam pamela patricia patty paula pauline pearl
    peggy penelope penny phyllis polly priscilla rachel ramona reagan rebecca regina renee rhonda
    rita roberta rochelle rosa rosalind rosanne rose rosemary roxanne ruby ruth sabrina sadie sally
    samantha sandra sara sarah sasha selena selma serena shannon sharon sheila shelley shelly
    sherry shirley silvia simone sofia sonia sonya sophia sophie stacey stacy stella stephanie
    sue susan susanna susie suzanne sylvia tabitha tamara tammy tania tanya tara tatiana teresa
    terri tessa thelma theresa tiffany tina tonya tracey tracy tricia trina trudy ursula valerie
    vanessa vera veronica vicki vicky victoria viola violet virginia vivian wanda wendy whitney
    wilma yolanda yvette yvonne zoe
    """.split()
)

_MALE_NAMES = frozenset(
    """
    aaron abdul abdullah abe abraham adam adolf adrian ahmad ahmed al alan albert alberto alec
    alejandro alex alexander alfonso alfred ali allan allen alvin anatoly anders andre andrei andres
    andrew andy angus anthony antonio archie armando arnold arthur arturo ashton austin barack
    barry bart ben benedict benjamin bernard bernie bert bill billy bob bobby boris brad bradley
    brandon brendan brent brett brian bruce bryan bryant burt byron calvin carl carlos carlton
    cecil cedric cesar chad charles charlie chester chip chris christian christopher chuck clarence
    clark claude clay clayton cliff clifford clint clinton clyde cody colin conor corey cory craig
    curt curtis dale damian dan daniel danny dante darrell darren darryl dave david dean dennis
    derek derrick desmond dexter diego dmitri dmitry dominic don donald donnie doug douglas drew
    duane duncan dustin dwayne dwight earl ed eddie edgar eduardo edward edwin eli elias elijah
    elliot elliott elmer emilio emmanuel eric erik ernest ernesto ernie ethan eugene evan ezra
    felix fernando fidel floyd francisco francois frank franklin fred freddie frederick gabriel
    garrett gary gavin gene geoff geoffrey george gerald gerard giovanni glen glenn gordon graham
    grant greg gregg gregory guillermo gus gustavo guy hank hans harold harry harvey hassan hector
    henry herbert herman homer horace howard hubert hugh hugo ian ibrahim igor irving isaac ismail
    ivan jack jacob jacques jake jamal james jared jason javier jay jeb jed jeff jefferson jeffrey
    jeremiah jeremy jerome jerry jesse jesus jim jimmy joe joel john johnny jon jonah jonas
    jonathan jorge jose josef joseph josh joshua juan judd jude julian julio julius justin karim
    karl keith ken kenneth kenny kent kerry kevin khalid kirk klaus kofi konstantin kurt kyle
    lance larry lars lawrence lee len leo leon leonard leroy leslie lester lewis liam lincoln
    lindsay lionel lloyd logan lou louis lucas luis luke luther mahmoud malcolm manuel marc marcel
    marco marcos marcus mario mark marlon marshall martin marty marvin mason mathew matt matthew
    maurice mauricio max maximilian maxwell mel melvin michael mick miguel mike mikhail miles
    milton mitch mitchell mitt mohamed mohammad mohammed morris moses muhammad murray mustafa
    narendra nate nathan nathaniel ned neil nelson newt nicholas nick nicolas nigel nikolai noah
    noel norman oleg oliver omar orlando oscar osama otis otto owen pablo pat patrick paul pedro
    percy perry pete peter phil philip phillip pierre preston rafael rahm ralph ramon randall randy
    raul ray raymond reggie reince reinhard rene rex ricardo richard rick ricky rob robert roberto
    rocky rod roderick rodney rodrigo roger roland roman ron ronald ronnie rory ross roy ruben
    rudolph rudy rupert russ russell ryan salvador salvatore
    sam samuel santiago saul scott sean sebastian
    sergei sergey sergio seth shane shaun shawn sheldon sherman sid sidney simon spencer stan
    stanley stefan stephen sterling steve steven stewart stuart sylvester tariq ted terrence terry
    theodore thom thomas tim timothy toby todd tom tomas tommy tony travis trevor trey troy tyler
    ulrich vernon vic vicente victor vince vincent vladimir vlad wade wallace walt walter warren
    wayne wendell wes wesley wilbur wilfred will william willie winston wolf wolfgang xavier
    yitzhak yuri yusuf zachary zack
    """.split()
) - {"leslie", "lindsay", "kerry", "pat", "terry"}  # shared

_MALE_NOUNS = frozenset(
    """
    mr sir lord king prince duke baron pope father brother son husband uncle nephew grandfather
    boyfriend man boy gentleman widower spokesman congressman businessman chairman anchorman
    salesman policeman fireman statesman councilman assemblyman alderman frontman stepfather
    grandson actor waiter priest monk
    """.split()
)
_FEMALE_NOUNS = frozenset(
    """
    mrs ms miss madam dame lady queen princess duchess baroness mother sister daughter wife aunt
    niece grandmother girlfriend woman girl widow spokeswoman congresswoman businesswoman
    chairwoman anchorwoman saleswoman policewoman stateswoman councilwoman assemblywoman
    stepmother granddaughter actress waitress nun heroine mum mom
    """.split()
)


_ANY_MAN = frozenset("human german roman woman talisman caiman ottoman norman layman".split())


def gender_of_name(given: str) -> Gender:
    """Return the gender of most bearers of a given name; empty for a shared or unlisted one."""
    given = given.lower()
    female, male = given in _FEMALE_NAMES, given in _MALE_NAMES
    return "" if female == male else "f" if female else "m"


def gender_of_noun(noun: str) -> Gender:
    """Return the gender of a title or noun ("Mrs", "spokesman"), by its lower-case singular."""
    if noun in _FEMALE_NOUNS or noun.endswith("woman"):
        return "f"
    man = noun.endswith("man") and noun not in _ANY_MAN
    return "m" if noun in _MALE_NOUNS or man else ""
