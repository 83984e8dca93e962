import { type Row, rowsOf } from './matrix-row.ts';

/** Alignment: sections 4.4, 4.10.2 and B.1. */
const alignment = `
B.1.1 | SPF strictly aligned | example.com: p=reject | example.com | spf pass example.com | pass reject none
B.1.1 | SPF relaxedly aligned, identifier below | example.com: p=reject | example.com | spf pass child.example.com | pass reject none
B.1.1 | SPF relaxedly aligned, identifier above | example.com: p=reject | child.example.com | spf pass example.com | pass reject none
B.1.1 | SPF not aligned | example.com: p=reject | child.example.com | spf pass example.net | fail reject reject
B.1.2 | DKIM strictly aligned | example.com: p=reject | example.com | dkim pass example.com | pass reject none
B.1.2 | DKIM relaxedly aligned | example.com: p=reject | child.example.com | dkim pass example.com | pass reject none
B.1.2 | DKIM not aligned | example.com: p=reject | child.example.com | dkim pass example.net | fail reject reject
4.4 | siblings are relaxedly aligned | example.com: p=reject | news.example.com | spf pass foo.example.com | pass reject none
4.4 | siblings by DKIM | example.com: p=reject | news.example.com | dkim pass foo.example.com | pass reject none
4.4 | a name that only ends alike is another domain | example.com: p=reject | example.com | spf pass badexample.com | fail reject reject
4.4 | a name that only begins alike is another domain | example.com: p=reject | example.com | spf pass example.com.evil.test | fail reject reject
4.4 | upper case in From | example.com: p=reject | EXAMPLE.Com | spf pass example.com | pass reject none
4.4 | upper case in the identifier | example.com: p=reject | example.com | dkim pass Example.COM | pass reject none
4.4 | a dot at the end of From | example.com: p=reject | example.com. | spf pass example.com | pass reject none
4.4 | a dot at the end of the identifier | example.com: p=reject | example.com | spf pass example.com. | pass reject none
5.3.1 | U-labels in From | xn--bcher-kva.example: p=reject | bücher.example | dkim pass xn--bcher-kva.example | pass reject none
5.3.1 | U-labels in the identifier | xn--bcher-kva.example: p=reject | xn--bcher-kva.example | dkim pass BÜCHER.example | pass reject none
5.3.1 | U-labels of another name | xn--bcher-kva.example: p=reject | bücher.example | dkim pass bucher.example | fail reject reject
3.2.10.2 | aspf=s: the same domain | example.com: p=reject; aspf=s | example.com | spf pass example.com | pass reject none
3.2.10.2 | aspf=s: a domain below must not align | example.com: p=reject; aspf=s | example.com | spf pass a.example.com | fail reject reject
3.2.10.2 | aspf=s: the domain above must not align | example.com: p=reject; aspf=s | a.example.com | spf pass example.com | fail reject reject
3.2.10.2 | adkim=s: the same domain | example.com: p=reject; adkim=s | example.com | dkim pass example.com | pass reject none
3.2.10.2 | adkim=s: a domain below must not align | example.com: p=reject; adkim=s | example.com | dkim pass a.example.com | fail reject reject
3.2.10.2 | adkim=s: the domain above must not align | example.com: p=reject; adkim=s | a.example.com | dkim pass example.com | fail reject reject
3.2.10.2 | adkim=s says nothing about SPF | example.com: p=reject; adkim=s | example.com | spf pass a.example.com | pass reject none
3.2.10.2 | aspf=s says nothing about DKIM | example.com: p=reject; aspf=s | example.com | dkim pass a.example.com | pass reject none
3.2.10.2 | aspf=s from the record above | example.com: p=reject; aspf=s | a.example.com | spf pass a.example.com | pass reject none
4.4.1 | one aligned signature of several is enough | example.com: p=reject | example.com | dkim fail example.com, dkim pass example.net, dkim pass example.com | pass reject none
4.4.1 | several signatures of others are not | example.com: p=reject | example.com | dkim pass example.net, dkim pass example.org | fail reject reject
4.4.1 | a signature that leaves part of the body open | example.com: p=reject | example.com | dkim part pass example.com | fail reject reject
4.4.1 | such a signature beside a whole one | example.com: p=reject | example.com | dkim part pass example.com, dkim pass example.com | pass reject none
4.4.2 | SPF of the HELO name stands for an empty MAIL FROM (3.2.4) | example.com: p=reject | example.com | spf helo pass mx.example.com | pass reject none
4.4.2 | SPF of a HELO name elsewhere | example.com: p=reject | example.com | spf helo pass mx.example.net | fail reject reject
4.10.2 | a domain with no identifier at all | example.com: p=reject | example.com | - | fail reject reject
`;

/** Only a pass makes an authenticated identifier: section 3.2.1. */
const words = `
3.2.1 | SPF none never aligns | example.com: p=reject | example.com | spf none example.com | fail reject reject
3.2.1 | SPF neutral never aligns | example.com: p=reject | example.com | spf neutral example.com | fail reject reject
3.2.1 | SPF fail never aligns | example.com: p=reject | example.com | spf fail example.com | fail reject reject
3.2.1 | SPF softfail never aligns | example.com: p=reject | example.com | spf softfail example.com | fail reject reject
3.2.1 | SPF permerror never aligns | example.com: p=reject | example.com | spf permerror example.com | fail reject reject
3.2.1 | DKIM none never aligns | example.com: p=reject | example.com | dkim none example.com | fail reject reject
3.2.1 | DKIM neutral never aligns | example.com: p=reject | example.com | dkim neutral example.com | fail reject reject
3.2.1 | DKIM fail never aligns | example.com: p=reject | example.com | dkim fail example.com | fail reject reject
3.2.1 | DKIM policy never aligns | example.com: p=reject | example.com | dkim policy example.com | fail reject reject
3.2.1 | DKIM permerror never aligns | example.com: p=reject | example.com | dkim permerror example.com | fail reject reject
5.3.5 | SPF none does not undo an aligned signature | example.com: p=reject | example.com | spf none example.com, dkim pass example.com | pass reject none
5.3.5 | SPF neutral does not undo an aligned signature | example.com: p=reject | example.com | spf neutral example.com, dkim pass example.com | pass reject none
5.3.5 | SPF fail does not undo an aligned signature | example.com: p=reject | example.com | spf fail example.com, dkim pass example.com | pass reject none
5.3.5 | SPF softfail does not undo an aligned signature | example.com: p=reject | example.com | spf softfail example.com, dkim pass example.com | pass reject none
5.3.5 | SPF permerror does not undo an aligned signature | example.com: p=reject | example.com | spf permerror example.com, dkim pass example.com | pass reject none
5.3.5 | DKIM none does not undo aligned SPF | example.com: p=reject | example.com | spf pass example.com, dkim none example.com | pass reject none
5.3.5 | DKIM neutral does not undo aligned SPF | example.com: p=reject | example.com | spf pass example.com, dkim neutral example.com | pass reject none
5.3.5 | DKIM fail does not undo aligned SPF | example.com: p=reject | example.com | spf pass example.com, dkim fail example.com | pass reject none
5.3.5 | DKIM policy does not undo aligned SPF | example.com: p=reject | example.com | spf pass example.com, dkim policy example.com | pass reject none
5.3.5 | DKIM permerror does not undo aligned SPF | example.com: p=reject | example.com | spf pass example.com, dkim permerror example.com | pass reject none
`;

/** What a record asks for: sections 4.7 and 4.10.1. */
const policies = `
4.7 p | p=none | example.com: p=none | example.com | - | fail none none
4.7 p | p=quarantine | example.com: p=quarantine | example.com | - | fail quarantine quarantine
4.7 p | p=reject | example.com: p=reject | example.com | - | fail reject reject
4.7 p | a value in upper case | example.com: p=REJECT | example.com | - | fail reject reject
4.7 p | applies below where sp and np are absent | example.com: p=reject / @a.example.com | a.example.com | - | fail reject reject
4.7 p | applies below, to a name that is not there | example.com: p=reject | a.example.com | - | fail reject reject
4.7 p | no p at all: none, but required in RFC 7489 6.3 | example.com: | example.com | - | fail none none | permerror - none
4.7 p | no p at all and an aligned pass | example.com: | example.com | spf pass example.com | pass none none | permerror - none
4.7 p | no p but sp | example.com: sp=reject / @a.example.com | a.example.com | - | fail reject reject | permerror - none
4.10.1 | no p, a valid rua | example.com: rua=mailto:d@example.com | example.com | - | fail none none
4.7 sp | not at the domain of the record | example.com: p=reject; sp=none | example.com | - | fail reject reject
4.7 sp | sp weaker than p, below | example.com: p=reject; sp=none / @a.example.com | a.example.com | - | fail none none
4.7 sp | sp stronger than p, below | example.com: p=none; sp=reject / @a.example.com | a.example.com | - | fail reject reject
4.7 sp | sp for a name that is not there, without np | example.com: p=none; sp=reject | a.example.com | - | fail reject reject
4.7 sp | sp two labels below | example.com: p=none; sp=quarantine / @b.a.example.com | b.a.example.com | - | fail quarantine quarantine
4.7 sp | of a record that stands at the author domain below | example.com: p=none / a.example.com: p=quarantine; sp=reject | a.example.com | - | fail quarantine quarantine
4.7 np | for a name that is not there | example.com: p=none; np=reject | a.example.com | - | fail reject reject | fail none none
4.7 np | not for a name that is there | example.com: p=none; np=reject / @a.example.com | a.example.com | - | fail none none
4.7 np | not for the domain of the record | example.com: p=none; np=reject | example.com | - | fail none none
4.7 np | np before sp for a name that is not there | example.com: p=reject; sp=reject; np=none | a.example.com | - | fail none none | fail reject reject
4.7 np | sp before np for a name that is there | example.com: p=none; sp=quarantine; np=reject / @a.example.com | a.example.com | - | fail quarantine quarantine
A.4 | a name is there where only something below it is | example.com: p=none; np=reject / @b.a.example.com | a.example.com | - | fail none none
A.4 | no answer whether it is there | example.com: p=none; np=reject / @a.example.com: !timeout | a.example.com | - | temperror - none | fail none none
A.4 | no answer whether it is there, but it passes | example.com: p=none; np=reject / @a.example.com: !servfail | a.example.com | spf pass a.example.com | pass none none
A.4 | no answer, and both policies are the same | example.com: p=none; sp=reject; np=reject / @a.example.com: !timeout | a.example.com | - | fail reject reject
A.4 | no answer, and t=y makes both the same | example.com: p=none; np=quarantine; t=y / @a.example.com: !timeout | a.example.com | - | fail none none
4.10.1 | a name that DNS cannot hold is not there | example.com: p=none; np=reject | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example.com | - | fail reject reject | fail none none
4.7 t | t=y: reject becomes quarantine | example.com: p=reject; t=y | example.com | - | fail quarantine quarantine | fail reject reject
4.7 t | t=y: quarantine becomes none | example.com: p=quarantine; t=y | example.com | - | fail none none | fail quarantine quarantine
4.7 t | t=y: none stays none | example.com: p=none; t=y | example.com | - | fail none none
4.7 t | t=n changes nothing | example.com: p=reject; t=n | example.com | - | fail reject reject
4.7 t | t=y on sp | example.com: p=none; sp=reject; t=y / @a.example.com | a.example.com | - | fail quarantine quarantine | fail reject reject
4.7 t | t=y on np | example.com: p=none; np=reject; t=y | a.example.com | - | fail quarantine quarantine | fail none none
4.7 t | t=y does not make a pass | example.com: p=reject; t=y | example.com | spf fail example.com | fail quarantine quarantine | fail reject reject
4.7 t | a t that is neither y nor n | example.com: p=reject; t=maybe | example.com | - | fail reject reject
C.5.2 | pct=0 has no meaning now | example.com: p=reject; pct=0 | example.com | - | fail reject reject | fail reject quarantine
7489 6.6.4 | pct=0 and quarantine | example.com: p=quarantine; pct=0 | example.com | - | fail quarantine quarantine | fail quarantine none
7489 6.6.4 | pct=0 and none | example.com: p=none; pct=0 | example.com | - | fail none none
7489 6.6.4 | pct=0 does not make a pass, nor undo one | example.com: p=reject; pct=0 | example.com | spf pass example.com | pass reject none
7489 6.6.4 | pct=50: this message lies inside the sample | example.com: p=reject; pct=50 | example.com | - | fail reject reject
7489 6.6.4 | a pct that is no number | example.com: p=reject; pct=half | example.com | - | fail reject reject
7489 6.6.4 | a pct over 100 | example.com: p=reject; pct=101 | example.com | - | fail reject reject
`;

/** The text of the record: section 4.8. */
const records = `
4.7 v | v must come first | example.com: =p=reject; v=DMARC1 | example.com | - | none - none
4.7 v | no v | example.com: =p=reject | example.com | - | none - none
4.7 v | the value is case-sensitive | example.com: =v=dmarc1; p=reject | example.com | - | none - none
4.7 v | another version | example.com: =v=DMARC2; p=reject | example.com | - | none - none
4.7 v | a longer value | example.com: =v=DMARC1.0; p=reject | example.com | - | none - none
4.7 v | no semicolon behind it | example.com: =v=DMARC1 p=reject | example.com | - | none - none
4.8 | the name of the version tag in upper case | example.com: =V=DMARC1; p=reject | example.com | - | fail reject reject
4.8 | blanks around every sign | example.com: =v = DMARC1 ; \t p = reject ; | example.com | - | fail reject reject
4.8 | no blanks at all | example.com: =v=DMARC1;p=reject;aspf=s | example.com | spf pass a.example.com | fail reject reject
4.8 | a semicolon too many | example.com: =v=DMARC1;; p=reject;; | example.com | - | fail reject reject
4.8 | only the version | example.com: =v=DMARC1 | example.com | - | fail none none | permerror - none
4.8 | unknown tags are passed over | example.com: p=reject; x=1; future=yes | example.com | - | fail reject reject
4.8 | text without = is passed over | example.com: reject; p=reject | example.com | - | fail reject reject
4.8 | tags in any order | example.com: rua=mailto:d@example.com; aspf=s; p=reject | example.com | spf pass a.example.com | fail reject reject
4.8 | an aspf that is wrong has its default | example.com: p=reject; aspf=x | example.com | spf pass a.example.com | pass reject none
4.8 | an adkim that is empty has its default | example.com: p=reject; adkim= | example.com | dkim pass a.example.com | pass reject none
4.8 | aspf in upper case | example.com: p=reject; aspf=S | example.com | spf pass a.example.com | fail reject reject
4.8 | a tag name in upper case is another tag (RFC 6376 3.2) | example.com: P=reject | example.com | - | fail none none | permerror - none
4.8 | a value with a character beyond ASCII | example.com: p=reject; aspf=ſ | example.com | spf pass a.example.com | pass reject none
4.7 | a tag that stands twice spoils the record (RFC 6376 3.2) | example.com: p=reject; p=none | example.com | - | permerror - none
4.7 | a tag that stands twice, the same | example.com: p=reject; sp=none; sp=none | example.com | - | permerror - none
4.7 | an unknown tag that stands twice | example.com: p=reject; x=1; x=2 | example.com | - | permerror - none
4.7 | tags whose names differ in case are not the same | example.com: p=reject; P=none | example.com | - | fail reject reject
4.10.1 | an invalid p without rua | example.com: p=rejet | example.com | - | permerror - none
4.10.1 | an invalid p without rua, and an aligned pass | example.com: p=rejet | example.com | spf pass example.com | permerror - none
4.10.1 | an invalid p with a valid rua is none | example.com: p=rejet; rua=mailto:d@example.com | example.com | - | fail none none
4.10.1 | an invalid p with a rua that is no URI | example.com: p=rejet; rua=d@example.com | example.com | - | permerror - none
4.10.1 | an invalid p, one URI of two is valid | example.com: p=rejet; rua=nobody, mailto:d@example.com!10m | example.com | - | fail none none
4.10.1 | an empty p | example.com: p=; rua=mailto:d@example.com | example.com | - | fail none none
4.10.1 | an invalid sp with a valid rua makes all none | example.com: p=reject; sp=x; rua=mailto:d@example.com | example.com | - | fail none none
4.10.1 | an invalid sp without rua | example.com: p=reject; sp=x | example.com | - | permerror - none
4.10.1 | an invalid np without rua; no tag in RFC 7489 | example.com: p=reject; np=x | example.com | - | permerror - none | fail reject reject
4.10.1 | an invalid np with a valid rua | example.com: p=reject; np=x; rua=mailto:d@example.com | example.com | - | fail none none | fail reject reject
4.10.1 | an invalid psd has its default | example.com: p=reject; psd=x | example.com | spf pass a.example.com | pass reject none
4.10 step 2 | other TXT records at the name | example.com: =hello + p=reject + =v=spf1 -all | example.com | - | fail reject reject
4.10 step 2 | two records: none counts | example.com: p=reject + p=reject | example.com | - | none - none
4.10 step 2 | two records, one of another version | example.com: p=reject + =v=DMARC2; p=none | example.com | - | fail reject reject
`;

/** Where a record is looked for, and whose a domain is: sections 4.10, 4.10.1, 4.10.2 and B.4. */
const walks = `
B.4.1 | SPF of the author domain | example.com: p=reject / signing.example.com: p=none | example.com | spf pass example.com | pass reject none
B.4.1 | DKIM of a domain with a record of its own | example.com: p=reject / signing.example.com: p=none | example.com | dkim pass signing.example.com | pass reject none
B.4.2 | twelve labels: the record of the organization | example.com: p=reject | a.b.c.d.e.f.g.h.i.j.k.example.com | spf pass example.com | pass reject none
B.4.2 | twelve labels: the domain that signs is below | example.com: p=reject / signing.example.com: p=none | a.b.c.d.e.f.g.h.i.j.k.example.com | dkim pass signing.example.com | pass reject none
B.4.2 | twelve labels, nothing aligned | example.com: p=reject | a.b.c.d.e.f.g.h.i.j.k.example.com | dkim pass example.net | fail reject reject
B.4.3 | MAIL FROM below the author, both below psd=y | bank.example: p=reject; psd=y / giant.bank.example: p=quarantine | giant.bank.example | spf pass mail.giant.bank.example | pass quarantine none
B.4.3 | a neighbour below the same psd=y | bank.example: p=reject; psd=y / giant.bank.example: p=quarantine | giant.bank.example | dkim pass mail.mega.bank.example | fail quarantine quarantine | pass quarantine none
4.10.2 | the public suffix itself does not align with what is below | bank.example: p=reject; psd=y / giant.bank.example: p=quarantine | giant.bank.example | dkim pass bank.example | fail quarantine quarantine | pass quarantine none
4.10.2 | a suffix as author: itself | bank.example: p=reject; psd=y / giant.bank.example: p=quarantine | bank.example | dkim pass bank.example | pass reject none
4.10.2 | a suffix as author: a customer of it does not align | bank.example: p=reject; psd=y / giant.bank.example: p=quarantine | bank.example | dkim pass giant.bank.example | fail reject reject | pass reject none
4.10.1 | a suffix as author takes p | bank.example: p=reject; sp=none; psd=y | bank.example | - | fail reject reject
4.10.1 | the policy of the suffix for a customer without a record | bank.example: p=none; sp=reject; psd=y / @mega.bank.example | mega.bank.example | - | fail reject reject
4.10.1 | np of the suffix for a name that nobody has | bank.example: p=none; np=reject; psd=y | nobody.bank.example | - | fail reject reject | fail none none
4.10.1 | the suffix is not asked where the organization has a record | bank.example: p=reject; psd=y / mega.bank.example: p=none | a.mega.bank.example | - | fail none none | fail reject reject
4.10.1 | below a suffix, a record between author and organization is nobody's | test: p=none; psd=y / b.example.test: p=reject | a.b.example.test | - | fail none none | none - none
4.10.1 | the record of a top-level domain | test: p=reject; psd=y | example.test | - | fail reject reject | none - none
4.10.1 | a customer of that top-level domain is an organization | test: p=reject; psd=y | a.example.test | spf pass example.test | pass reject none | none - none
4.10.1 | two customers of it are two | test: p=reject; psd=y | example.test | spf pass other.test | fail reject reject | none - none
4.10.2 | a top-level record without psd makes all below it one | test: p=reject | example.test | spf pass other.test | pass reject none | none - none
4.10.2 | psd=n makes an organization of a subdomain | example.com: p=reject / dept.example.com: p=reject; psd=n | a.dept.example.com | spf pass dept.example.com | pass reject none
4.10.2 | above psd=n is another organization | example.com: p=reject / dept.example.com: p=reject; psd=n | a.dept.example.com | spf pass example.com | fail reject reject | pass reject none
4.10.2 | below psd=n is another organization for those above | example.com: p=reject / dept.example.com: p=reject; psd=n | example.com | spf pass a.dept.example.com | fail reject reject | pass reject none
4.10.2 | psd=n at the author domain itself | example.com: p=reject / dept.example.com: p=quarantine; psd=n | dept.example.com | spf pass example.com | fail quarantine quarantine | pass quarantine none
4.10.2 | psd=u is as if it were not there | example.com: p=reject / dept.example.com: p=reject; psd=u | a.dept.example.com | spf pass example.com | pass reject none
4.10.2 | the fewest labels win | example.com: p=reject / mail.example.com: p=none | a.mail.example.com | spf pass example.com | pass reject none
11.8 | an identifier whose organization is psd=n must not align upwards | example.com: p=reject / mail.example.com: p=none; psd=n | evil.example.com | dkim pass mail.example.com | fail reject reject | pass reject none
4.10.1 | the record between is passed over for that of the organization | example.com: p=reject / mail.example.com: p=none / @a.mail.example.com | a.mail.example.com | - | fail reject reject
4.10.1 | the own record comes first | example.com: p=reject / a.example.com: p=none | a.example.com | - | fail none none
4.10.1 | the own record takes its own alignment mode | example.com: p=reject; aspf=s / a.example.com: p=reject | a.example.com | spf pass example.com | pass reject none
4.10.1 | no record anywhere | - | example.com | spf pass example.com | none - none
4.10.1 | no record anywhere, nothing passed | - | a.b.example.com | - | none - none
4.10.1 | a record of a neighbour is none of this domain | example.net: p=reject | example.com | - | none - none
4.10.1 | a record below the author domain is none of it | a.example.com: p=reject | example.com | - | none - none
4.10 step 6 | two records at the author, one above | example.com: p=reject / a.example.com: p=none + p=none | a.example.com | - | fail reject reject | none - none
4.10 step 6 | two records above | example.com: p=none + p=none | a.example.com | - | none - none
4.10 step 6 | a broken record at the author, one above | example.com: p=reject / a.example.com: p=none; p=none | a.example.com | - | fail reject reject | permerror - none
4.10.1 | an invalid policy at the author is not healed from above | example.com: p=reject / a.example.com: p=x | a.example.com | - | permerror - none
4.10.1 | an invalid policy above | example.com: p=x | a.example.com | - | permerror - none
4.10 step 4 | eight labels: the one above is asked | c.d.e.f.g.example.com: p=reject | b.c.d.e.f.g.example.com | - | fail reject reject | none - none
4.10 step 4 | nine labels: the one above is passed over | c.d.e.f.g.h.example.com: p=reject | b.c.d.e.f.g.h.example.com | - | none - none
4.10 step 4 | nine labels: seven are asked | d.e.f.g.h.example.com: p=reject | b.c.d.e.f.g.h.example.com | - | fail reject reject | none - none
5.1.8 | a border deeper than seven labels is not found | example.com: p=reject / b.c.d.e.f.g.example.com: p=none; psd=n | mail.a.b.c.d.e.f.g.example.com | - | fail reject reject
5.1.8 | the own record is found at any depth | example.com: p=reject / mail.a.b.c.d.e.f.g.example.com: p=none | mail.a.b.c.d.e.f.g.example.com | - | fail none none
7489 3.2 | the public suffix list: a suffix of two labels | example.co.uk: p=reject | a.example.co.uk | spf pass b.example.co.uk | pass reject none
7489 3.2 | two customers of a suffix | example.co.uk: p=reject | example.co.uk | spf pass other.co.uk | fail reject reject
7489 3.2 | the private part of the list: two customers | one.github.io: p=reject | one.github.io | spf pass two.github.io | fail reject reject
7489 3.2 | the private part: one customer | one.github.io: p=reject | a.one.github.io | spf pass b.one.github.io | pass reject none
7489 6.6.3 | nothing is asked between author and organization | b.example.com: p=reject | a.b.example.com | - | fail reject reject | none - none
4.10.2 | without a record at the organization, that of a subdomain makes the organization | b.example.com: p=reject | b.example.com | spf pass example.com | fail reject reject | pass reject none
4.10.2 | and its neighbour is another | b.example.com: p=reject | b.example.com | spf pass c.example.com | fail reject reject | pass reject none
`;

/** DNS that does not answer: section 5.3.6. */
const errors = `
5.3.6 | timeout at the author domain | example.com: !timeout | example.com | spf pass example.com | temperror - none
5.3.6 | servfail at the author domain | example.com: !servfail | example.com | spf pass example.com | temperror - none
5.3.6 | refused at the author domain | example.com: !refused | example.com | spf pass example.com | temperror - none
5.3.6 | unreachable at the author domain | example.com: !unreachable | example.com | spf pass example.com | temperror - none
5.3.6 | malformed at the author domain | example.com: !malformed | example.com | spf pass example.com | temperror - none
5.3.6 | too large at the author domain | example.com: !too large | example.com | spf pass example.com | temperror - none
5.3.6 | alias loop at the author domain | example.com: !alias loop | example.com | spf pass example.com | temperror - none
5.3.6 | no answer above, no record below | example.com: !timeout | a.example.com | spf pass a.example.com | temperror - none
5.3.6 | no answer above, an own record, nothing aligned could be | a.example.com: p=reject / example.com: !timeout | a.example.com | spf pass example.net | fail reject reject
5.3.6 | no answer above, an own record, the same domain | a.example.com: p=reject / example.com: !timeout | a.example.com | spf pass a.example.com | pass reject none
5.3.6 | no answer above, an own record, a neighbour | a.example.com: p=reject / example.com: !timeout | a.example.com | spf pass b.example.com | temperror reject none | pass reject none
5.3.6 | no answer above, strict alignment needs none | a.example.com: p=reject; aspf=s / example.com: !timeout | a.example.com | spf pass b.example.com | fail reject reject
5.3.6 | no answer at the top-level domain, an own record | example.com: p=reject / com: !timeout | example.com | dkim pass example.com | pass reject none
5.3.6 | no answer at the top-level domain, another domain of it | example.com: p=reject / com: !timeout | example.com | dkim pass example2.com | temperror reject none | fail reject reject
5.3.6 | no answer at the top-level domain, a domain elsewhere | example.com: p=reject / com: !timeout | example.com | dkim pass example.org | fail reject reject
5.3.6 | no answer for the record of an identifier | example.com: p=reject / mail.example.com: !timeout | example.com | dkim pass mail.example.com | temperror reject none | pass reject none
5.3.6 | no answer for an identifier, strict alignment | example.com: p=reject; adkim=s / mail.example.com: !timeout | example.com | dkim pass mail.example.com | fail reject reject
5.3.6 | no answer for an identifier that leaves part unsigned | example.com: p=reject / mail.example.com: !timeout | example.com | dkim part pass mail.example.com | fail reject reject
5.3.6 | no answer for one identifier, another aligns | example.com: p=reject / mail.example.com: !timeout | example.com | dkim pass mail.example.com, dkim pass example.com | pass reject none
5.3.6 | an identifier elsewhere cannot hide a failure behind its own DNS | example.com: p=reject / evil.test: !timeout | example.com | dkim pass evil.test | fail reject reject
5.3.6 | psd=n below: what is above does not matter | a.example.com: p=reject; psd=n / example.com: !timeout | a.example.com | spf pass b.example.com | fail reject reject | pass reject none
5.3.6 | SPF temperror of the author domain | example.com: p=reject | example.com | spf temperror example.com | temperror reject none
5.3.6 | SPF temperror of the author domain, DKIM aligned | example.com: p=reject | example.com | spf temperror example.com, dkim pass example.com | pass reject none
5.3.6 | SPF temperror of a domain elsewhere | example.com: p=reject | example.com | spf temperror example.net | fail reject reject
5.3.6 | SPF temperror of a subdomain | example.com: p=reject | example.com | spf temperror a.example.com | temperror reject none
5.3.6 | SPF temperror of a subdomain, strict | example.com: p=reject; aspf=s | example.com | spf temperror a.example.com | fail reject reject
5.3.6 | DKIM temperror of the author domain | example.com: p=reject | example.com | dkim temperror example.com | temperror reject none
5.3.6 | DKIM temperror of the author domain, SPF aligned | example.com: p=reject | example.com | spf pass example.com, dkim temperror example.com | pass reject none
5.3.6 | DKIM temperror of the author domain, SPF passed elsewhere | example.com: p=reject | example.com | spf pass example.net, dkim temperror example.com | temperror reject none
5.3.6 | DKIM temperror of the author domain, part of the body unsigned | example.com: p=reject | example.com | dkim part temperror example.com | fail reject reject
5.3.6 | DKIM temperror of a domain elsewhere | example.com: p=reject | example.com | dkim temperror example.net | fail reject reject
5.3.6 | DKIM temperror of a subdomain | example.com: p=reject | example.com | dkim temperror a.example.com | temperror reject none
5.3.6 | DKIM temperror of a subdomain, strict | example.com: p=reject; adkim=s | example.com | dkim temperror a.example.com | fail reject reject
5.3.6 | DKIM temperror without any record | - | example.com | dkim temperror example.com | none - none
5.3.6 | p=none and DKIM temperror | example.com: p=none | example.com | dkim temperror example.com | temperror none none
`;

/** From that is not one author: sections 4.2, 4.4, 5.3.1 and 11.5. */
const authors = `
5.3.1 | no From field | example.com: p=reject | - | spf pass example.com, no From field | permerror - none
5.3.1 | no address in From | example.com: p=reject | - | spf pass example.com, no address in From | permerror - none
5.3.1 | no domain, no problem told | example.com: p=reject | - | spf pass example.com | permerror - none
5.3.1 | malformed, no domain | example.com: p=reject | - | malformed From | permerror - none
5.3.1 | malformed, one domain that passes | example.com: p=reject | example.com | spf pass example.com, malformed From | pass reject none
5.3.1 | malformed, one domain that fails | example.com: p=reject | example.com | malformed From | fail reject reject
4.4 | two From fields of one domain: never a pass | example.com: p=reject | example.com | spf pass example.com, several From fields | permerror reject none
4.4 | two From fields, one domain fails | example.com: p=reject / example.net: p=quarantine / example.org: p=none | example.org, example.com | spf pass example.org, several From fields | fail reject reject
4.4 | two From fields, neither has a record | - | example.org, example.com | spf pass example.org, several From fields | permerror - none
11.5 | two domains, both pass | example.com: p=reject / example.net: p=quarantine / example.org: p=none | example.com, example.net | spf pass example.com, dkim pass example.net, several domains in From | pass reject none
11.5 | two domains, the first fails | example.com: p=reject / example.net: p=quarantine / example.org: p=none | example.com, example.net | dkim pass example.net | fail reject reject
11.5 | two domains, the second fails | example.com: p=reject / example.net: p=quarantine / example.org: p=none | example.com, example.net | dkim pass example.com | fail quarantine quarantine
11.5 | both fail: the stricter policy | example.com: p=reject / example.net: p=quarantine / example.org: p=none | example.net, example.com | - | fail reject reject
11.5 | both fail: the stricter policy, the other order | example.com: p=reject / example.net: p=quarantine / example.org: p=none | example.com, example.net | - | fail reject reject
11.5 | a failure of p=none beside a pass | example.com: p=reject / example.net: p=quarantine / example.org: p=none | example.org, example.com | dkim pass example.com | fail none none
11.5 | a domain without a record beside a pass | example.com: p=reject / example.net: p=quarantine / example.org: p=none | nowhere.test, example.com | dkim pass example.com | none - none
11.5 | a domain without a record beside a failure | example.com: p=reject / example.net: p=quarantine / example.org: p=none | nowhere.test, example.com | - | fail reject reject
11.5 | a failing lookup beside a pass | example.com: p=reject / example.net: !timeout | example.net, example.com | dkim pass example.com | temperror - none
11.5 | a failing lookup beside a failure | example.com: p=reject / example.net: !timeout | example.net, example.com | - | fail reject reject
11.5 | a failing lookup beside a failure, p=quarantine | example.com: p=quarantine / example.net: !timeout | example.net, example.com | - | fail quarantine quarantine
11.5 | a failing lookup beside a failure, p=none | example.com: p=none / example.net: !timeout | example.net, example.com | - | temperror - none
11.5 | a failing key beside a failure, p=none | example.com: p=none / example.net: p=reject | example.com, example.net | dkim temperror example.net | temperror reject none
11.5 | a broken record beside a pass | example.com: p=reject / example.net: p=x | example.com, example.net | dkim pass example.com | permerror - none
11.5 | a broken record beside none | example.net: p=x | example.com, example.net | - | permerror - none
11.5 | a failing lookup beside a broken record | example.com: !timeout / example.net: p=x | example.com, example.net | - | temperror - none
11.5 | the same domain twice, in two spellings | example.com: p=reject | Example.com, example.com. | spf pass example.com | pass reject none
4.4 | more header than is read | example.com: p=reject | example.com | spf pass example.com, header cut off | permerror reject none
4.4 | more header than is read, and a failure | example.com: p=reject | example.com | spf pass example.net, header cut off | fail reject reject
11.5 | more mailboxes than are read | example.com: p=reject | example.com | spf pass example.com, too many mailboxes in From | permerror reject none
5.3.1 | an address literal | example.com: p=reject | [192.0.2.1] | spf pass example.com | none - none
5.3.1 | an IPv6 literal | example.com: p=reject | [IPv6:2001:db8::1] | - | none - none
5.3.1 | an address without brackets | example.com: p=reject | 192.0.2.1 | - | none - none
5.3.1 | one label | localhost: p=reject | localhost | - | fail reject reject
5.3.1 | one label, no record | example.com: p=reject | localhost | spf pass localhost | none - none
5.3.1 | a top-level domain with psd=y | test: p=reject; psd=y | test | spf pass example.test | fail reject reject
5.3.1 | an empty label is judged by what is above it | example.com: p=reject | a..example.com | - | fail reject reject
5.3.1 | no domain name at all | example.com: p=reject | exa mple | spf pass example.com | permerror - none
5.3.1 | nothing but dots | example.com: p=reject | ... | spf pass example.com | permerror - none
5.3.1 | a name that only looks like another in Unicode | example.com: p=reject | exаmple.com | spf pass example.com | none - none
`;

/** What is too long to write out. */
const long = `
4.8 | a record longer than is read | example.com: p=reject; x=${'1'.repeat(5000)} | example.com | - | permerror - none
11.5 | ten domains, the last one fails | example.com: p=reject | ${numbered(9)}, example.com | - | fail reject reject
11.5 | eleven domains: not all are judged | test: p=reject | ${numbered(11)} | spf pass test | permerror reject none | permerror - none
5.3.1 | an over-long name is judged by what is above it | example.com: p=reject | ${'a.'.repeat(150)}example.com | spf pass example.net | fail reject reject
`;

function numbered(count: number): string {
  return Array.from({ length: count }, (_, i) => `d${i}.test`).join(', ');
}

/** Every row; see `rowsOf` for how to read one. Sections of RFC 7489 say so, all others are those of RFC 9989's last draft. */
export const matrix: readonly Row[] = [alignment, words, policies, records, walks, errors, authors, long].flatMap(
  rowsOf,
);
