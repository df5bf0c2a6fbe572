/** A tick box with its label; drawn, because neither weight of the font has ☑. */
export interface Choice {
  readonly label: string
  readonly isChosen: boolean
}

/** What stands in one field of a table: text, boxes to tick, or several labelled values below each other. */
export type Cell =
  | string
  | { readonly choices: readonly Choice[] }
  | { readonly parts: readonly { readonly label: string; readonly cell: Cell }[] }

export interface Field {
  readonly label: string
  readonly cell: Cell
  /** Takes the whole width of the table instead of half of it. */
  readonly isWide: boolean
}

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  /** Two labelled values side by side. */
  | { readonly kind: 'fields'; readonly title?: string; readonly fields: readonly Field[] }
  /** A table with a row for each entry; `total` is its last row. */
  | {
    readonly kind: 'grid'; readonly title?: string; readonly columns: readonly string[]
    readonly rows: readonly (readonly Cell[])[]; readonly total?: readonly string[]
    /** Parts of the width, one for each column; all alike when left out. */
    readonly widths?: readonly number[]
  }
  /** A drawing as SVG, as wide as the page has room. */
  | { readonly kind: 'diagram'; readonly title: string; readonly svg: string }
  | { readonly kind: 'notes'; readonly title: string; readonly lines: readonly string[] }
  /** Place to sign; `image` is what was drawn on the screen, as a data URL. */
  | { readonly kind: 'signature'; readonly label: string; readonly image: string | null; readonly date: string | null }

/** One official paper, whatever it is about: what the template needs to print it. */
export interface Paper {
  readonly title: string
  /** Number of the case (办件编号); null while there is none. */
  readonly number: string | null
  readonly addressee: string | null
  readonly blocks: readonly Block[]
  /** Who issues it; null for a paper that the applicant signs. */
  readonly issuer: string | null
  /** Instant of issue, ms: the date below the text, and the metadata. */
  readonly issuedAt: number
  /** Where its authenticity can be checked; printed as QR code. */
  readonly checkUrl: string | null
  readonly checkCode: string | null
  readonly watermark: string | null
  readonly style: 'form' | 'letter' | 'sheet'
}
