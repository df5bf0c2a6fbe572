/** `regions/<region>/region.json`: everything that differs between provinces and is not a rule, a form or a process. */
export interface Region {
  readonly slug: string
  /** Six digits of GB/T 2260. */
  readonly code: string
  readonly name: string
  /** Name of the provincial platform through which results are fed back. */
  readonly platform: string
  readonly overallPromisedWorkingDays: number
  readonly statutoryTotalWorkingDays: number | null
  /** Division (six digits) that handles a case whose own division is not one of `divisions`. */
  readonly homeDivision: string
  readonly numbering: { readonly label: string }
  /** How the region's papers say 通过 and 不通过: Guangxi's notice has 不予核定 (七（二）), Ningxia's has no word of its own. */
  readonly decisionWords: { readonly approved: string; readonly rejected: string }
  /** Local time of Asia/Shanghai, HH:MM; the end bounds what is still accepted on the same day when enabled. */
  readonly officeHours: { readonly start: string; readonly end: string; readonly enabled: boolean }
  readonly thresholds: {
    readonly warnRemainingWorkingDays: number
    readonly redWorkingDaysPastPromise: number
    readonly correctionWorkingDays: number
    readonly paymentWorkingDays: number
    /** Of the tasks approved in bulk, how many of a hundred are looked at one by one; all when left out. */
    readonly bulkReviewPercent?: number
    /** After so many minutes at a counter somebody is offered a call instead of waiting; never when left out. */
    readonly counterWaitMinutes?: number
  }
  readonly departments: readonly Department[]
  readonly insurances: readonly Insurance[]
  readonly matters: readonly MatterEntry[]
  readonly divisions: readonly Division[]
  /** Telephone for questions and complaints, shown beside the guide. */
  readonly hotline?: { readonly number: string; readonly name: string }
  /** Codes of the materials that have to meet the standard of the card photo. */
  readonly photoMaterials?: readonly string[]
  /** False where no matter asks for any (所需材料：无): nothing can be uploaded, and no correction asks for a material. */
  readonly hasMaterials?: boolean
  readonly reasonCodes: readonly ReasonCode[]
  /** What a counter does not take, though a matter of the list comes near it: whoever asks for it is sent on with a paper. */
  readonly referrals?: readonly Referral[]
  /** 特别程序 that may stop an item's clock, each with the clause that allows it; none when left out. */
  readonly specialProcedures?: readonly SpecialProcedure[]
}

/** The rules say why: the matter's reasons under these facts, with their clauses. */
export interface Referral {
  readonly code: string
  readonly title: string
  readonly matter: string
  readonly facts: Readonly<Record<string, boolean>>
  /** Where it is done. */
  readonly to: string
}

export interface SpecialProcedure {
  readonly code: string
  readonly text: string
  readonly clause: string
  /** `waiting`: another department is waited for, instead of a procedure of one's own. */
  readonly stop?: 'waiting'
}

export interface Department {
  readonly slug: string
  readonly name: string
  /** Candidate group of the engine's user tasks. */
  readonly group: string
}

/** One kind of contribution row. `slug` is also the slug of the matter that registers the insurance. */
export interface Insurance {
  readonly slug: string
  readonly title: string
  /** Department whose records answer whether the person is enrolled already. */
  readonly department: string
  /** Value of the fact `currentEnrolments` that stands for this insurance. */
  readonly enrolment: string
}

export interface MatterEntry {
  readonly slug: string
  /** Two digits, the order of the notice. */
  readonly no: string
  readonly title: string
  readonly officialTitle?: string
  readonly department: string
  /** True for a declaration that is made of rows, one for each insurance. */
  readonly hasRows?: boolean
  /** Slug of the matter that the process works on first when both are selected. */
  readonly follows?: string
  /** A fixed sum that the applicant owes for this matter; what a contribution comes to is found out by its rows. */
  readonly fee?: Fee
}

export interface ReasonCode {
  readonly code: string
  readonly text: string
  /** By matter: where the notice says so, and its words. */
  readonly clauses?: Readonly<Record<string, string>>
}

export interface Fee {
  readonly title: string
  readonly amountFen: number
  /** Where the notice says so, and its words. */
  readonly clause: string
}

export interface Division {
  readonly code: string
  readonly name: string
  /** Hours of its own; the region's when left out. */
  readonly officeHours?: Region['officeHours']
}

/**
 * `regions/<region>/steps.json`: what a department step may be told, alias → JSON pointer into
 * `{ common, item, row, fee, acceptedAt }`, and what it may answer.
 */
export interface Steps {
  readonly [topic: string]: {
    readonly department: string
    /** The department is that of the row's insurance instead. */
    readonly asksDepartmentOf?: 'insurance'
    readonly fields: Readonly<Record<string, string>>
    /** What the step may answer, by variable, the usual one first: for rehearsals of a draft, in which no department is asked. */
    readonly answers?: Readonly<Record<string, readonly (string | boolean)[]>>
  }
}

/** `regions/<region>/situation.json`: what the form tells beside the person's facts, by the input of the rules on materials. */
export interface Situation {
  readonly [input: string]: SituationRule
}

/** How one input is read from `{ common, items, agent }`; whatever is not told is "unknown". */
export interface SituationRule {
  /** JSON pointers; `*` stands for each element of a list. */
  readonly at: readonly string[]
  /** "yes" when anything stands there, else "no". */
  readonly isFilled?: true
  /** "yes" when one of these stands there, "no" when the part of the form is there without it. */
  readonly includes?: readonly string[]
  /** Value of the input for each value of the form. */
  readonly values?: Readonly<Record<string, string>>
  /** "yes" when what stands there lies in the county of this other field, "no" when it does not. */
  readonly sameCountyAs?: string
  /** Value of the input when the part of the form is there and this field is empty. */
  readonly whenEmpty?: string
}

/** `regions/<region>/papers/<material>.json`: a paper that applicant or agent signs, named after the material that it is. */
export interface SignedPaper {
  readonly title: string
  readonly clause: string
  /** What is declared, paragraph by paragraph. */
  readonly text: readonly string[]
  /** Who signs, as printed before each line. */
  readonly signatures: readonly string[]
}

/** `regions/<region>/platform.json`: the platform that hands in applications for people and hears what became of them. */
export interface PlatformEntry {
  /** What people have on their telephones. */
  readonly app: string
  /** Its client at the identity server. */
  readonly clientId: string
  /** Where results are sent; `<PLATFORM_URL>` stands for the setting. Nobody outside can name another address. */
  readonly resultsUrl: string
}

/** `regions/<region>/messages.json`: the words for each event that an applicant is told of, by the event's type. */
export interface Messages {
  readonly [event: string]: MessageTemplate
}

/** `{number}`, `{matter}`, `{deadline}`, `{amount}`, `{trackingNumber}` and `{hotline}` are filled in. */
export interface MessageTemplate {
  readonly title: string
  /** What happened. */
  readonly text: string
  /** What the person has to do, or may do, next. */
  readonly next: string
  /** Whether it also goes out as a text message; in the inbox it stands always. */
  readonly isTexted: boolean
}

/** The clause on which a reason of this code rests for a matter; null where the region names none. */
export function clauseOfReason(region: Region, code: string, matter: string): string | null {
  return region.reasonCodes.find(reason => reason.code === code)?.clauses?.[matter] ?? null
}

/** The engine's variables cannot hold a hyphen: `flexible-pension` is `flexiblePension` there. */
export function camelCase(slug: string): string {
  return slug.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
