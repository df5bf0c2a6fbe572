import type { RawFacts } from '../../core/facts.ts'

type Values = readonly unknown[]

const HERE = '450103001001'
/** For each fact every kind of value that the notice tells apart; `undefined` is "not told". */
const FACTS: Readonly<Record<keyof RawFacts, Values>> = {
  birthDate: ['1990-06-15', undefined, '2010-11-24', '2010-11-23', '1966-03-20', '1966-09-20', '1973-05-31', '1970-11-30', '1980-01-31'],
  sex: ['male', undefined, 'female'],
  idType: ['resident-id', undefined, 'hmt-residence-permit', 'foreign-permanent-residence', 'tw-travel-permit', 'passport'],
  employmentStatus: ['flexible', undefined, 'unemployed', 'employed'],
  householdDivision: [HERE, undefined, '440305001001', '810000000000'],
  residenceDivision: [HERE, undefined, '450204001001', '440305001001'],
  isStudent: [false, undefined, true],
  isEmployerInsured: [false, undefined, true],
  employerInsurances: [[], undefined, ['employee-pension'], ['employee-medical'], ['employee-pension', 'employee-medical'], ['work-injury']],
  currentEnrolments: [[], undefined, ['resident-pension'], ['employee-pension'], ['institution-pension'], ['resident-medical'],
    ['employee-medical'], ['institution-medical'], ['resident-medical', 'employee-medical'], ['resident-pension', 'employee-medical']],
  hasAppliedForCard: [false, undefined, true],
  cardAppliedIn: [[], undefined, ['450000']],
  changesNameOrIdNumber: [false, undefined, true],
  hasSpecialPayment: [false, undefined, true],
  medicalAction: ['enrol']
}
const CHANNELS = ['online', 'window', 'platform'] as const

/** An adult of Nanning in no insurance and without a card, of whom everything is known. */
export const ORDINARY: RawFacts = Object.freeze(Object.fromEntries(Object.entries(FACTS).map(([fact, values]) => [fact, values[0]])))

/** Other people whom the notice knows; a change of one fact shows more on them than on the ordinary person. */
const PEOPLE: readonly Partial<RawFacts>[] = [
  {},
  { idType: 'hmt-residence-permit', householdDivision: undefined },
  { idType: 'foreign-permanent-residence', householdDivision: undefined },
  { householdDivision: '440305001001' },
  { currentEnrolments: ['resident-medical'] },
  { currentEnrolments: ['employee-medical', 'resident-pension'] },
  { isEmployerInsured: undefined, employerInsurances: ['employee-medical'], sex: 'female', birthDate: '1973-05-31' },
  { employerInsurances: undefined, hasAppliedForCard: undefined, cardAppliedIn: undefined }
]

export interface PolicyCase {
  readonly facts: RawFacts
  readonly channel: typeof CHANNELS[number]
}

/**
 * Each of the people; the same with one fact changed; and a set in which every value of every fact meets every
 * value of every other (a covering array of strength two, made greedily, the same at every run).
 */
export function coveringCases(): PolicyCase[] {
  const columns: [string, Values][] = [...Object.entries(FACTS), ['channel', CHANNELS]]
  const toCase = (named: Record<string, unknown>): PolicyCase => {
    const { channel, ...facts } = named
    return { channel: channel as PolicyCase['channel'], facts: facts as RawFacts }
  }
  const changed = PEOPLE.flatMap(person => {
    const one = { ...ORDINARY, channel: 'online', ...person }
    return [one, ...columns.flatMap(([name, values]) => values.map(value => ({ ...one, [name]: value })))]
  })
  return distinct([...changed, ...coveringRows(Object.fromEntries(columns))]).map(toCase)
}

/** Rows in which every value of every column meets every value of every other; made greedily, the same at every run. */
export function coveringRows(values: Readonly<Record<string, Values>>): Record<string, unknown>[] {
  const columns = Object.entries(values)
  return coverPairs(columns.map(([, own]) => own.length))
    .map(row => Object.fromEntries(columns.map(([name, own], column) => [name, own[row[column]!]])))
}

function distinct(rows: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  return [...new Map(rows.map(row => [JSON.stringify(Object.entries(row).sort()), row])).values()]
}

function coverPairs(sizes: readonly number[]): number[][] {
  const open = new Set<string>()
  const key = (a: number, x: number, b: number, y: number) => a < b ? `${a}=${x},${b}=${y}` : `${b}=${y},${a}=${x}`
  sizes.forEach((size, a) => sizes.slice(0, a).forEach((other, b) => {
    for (let x = 0; x < size; x++) for (let y = 0; y < other; y++) open.add(key(a, x, b, y))
  }))
  const close = (row: readonly number[]) => row.forEach((x, a) => row.slice(0, a).forEach((y, b) => open.delete(key(a, x, b, y))))
  const rows: number[][] = []
  while (open.size > 0) {
    const row: number[] = new Array(sizes.length).fill(-1)
    for (const pair of [...open][0]!.split(',')) {
      const [column, value] = pair.split('=').map(Number) as [number, number]
      row[column] = value
    }
    sizes.forEach((size, column) => {
      if (row[column] !== -1) return
      const gain = (value: number) => row.filter((other, at) => other !== -1 && open.has(key(column, value, at, other))).length
      const turn = Array.from({ length: size }, (_, index) => (index + rows.length) % size)
      row[column] = turn.reduce((best, value) => gain(value) > gain(best) ? value : best)
    })
    close(row)
    rows.push(row)
  }
  return rows
}
