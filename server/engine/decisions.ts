import { XMLParser } from 'fast-xml-parser'
import { elapsed } from '../../core/elapsed.ts'
import { AppError } from '../../core/errors.ts'
import type { EngineGateway } from './gateway.ts'
import type { DecisionRow } from './gateway-deployments.ts'

export interface DecisionService {
  /**
   * Rows of a decision table for these inputs, in the order of the table; `[]` when none matches. Every input of the
   * table must be among `inputs`; what is unknown must be said so by null, as the engine would silently match nothing.
   * Rejects with AppError DECISION_FAILED (unknown table, missing input), DECISIONS_BUSY with retryAfter when too many
   * questions wait, RetryableError ENGINE_UNAVAILABLE. The engine's id of the version that answers is added to `tables`.
   */
  evaluate(decisionKey: string, inputs: Readonly<DecisionRow>, tables?: Set<string>): Promise<DecisionRow[]>
}

export interface DecisionOptions {
  /** Answers that are kept. */
  readonly cacheSize?: number
  /** Questions that the engine is asked at once. */
  readonly maxInFlight?: number
  /** Questions that may wait for their turn. */
  readonly maxWaiting?: number
  /** Milliseconds after which the latest version of a table is asked for again. */
  readonly versionFor?: number
  /** Real time, ms. */
  readonly now?: () => number
}

type Source = Pick<EngineGateway, 'decisionDefinition' | 'decisionXml' | 'evaluateDecision'>

interface Version {
  readonly id: string
  readonly inputs: readonly string[]
  /** Every word of the table's file: a fact that is not among them can change no answer. */
  readonly words: ReadonlySet<string>
}

/**
 * Answers from memory where the same version of a table was asked the same before. Tables see few and impersonal facts
 * (core/facts.ts), so nearly every question has been asked already; what is new goes to the engine a few at a time. Of the facts
 * a table is told only those that it names, so that people who differ in others share its answer.
 */
export function createDecisionService(engine: Source, options: DecisionOptions = {}): DecisionService {
  const { cacheSize = 20_000, maxInFlight = 8, maxWaiting = 200, versionFor = 3000, now = elapsed } = options
  const answers = createLru<Promise<DecisionRow[]>>(cacheSize)
  const gate = createGate(maxInFlight, maxWaiting)
  const versions = createVersions(engine, versionFor, now)

  return {
    async evaluate(decisionKey, inputs, tables) {
      const version = await versions(decisionKey)
      tables?.add(version.id)
      const missing = version.inputs.filter(name => inputs[name] === undefined)
      if (missing.length > 0) {
        throw new AppError('DECISION_FAILED', { cause: new Error(`${decisionKey} lacks ${missing.join(', ')}`) })
      }
      const seen = Object.fromEntries(Object.entries(inputs).filter(([name]) => version.words.has(name)))
      const question = `${version.id} ${canonical(seen)}`
      const known = answers.get(question)
      if (known) return copy(await known)
      const asked = gate(() => engine.evaluateDecision(version.id, seen))
      answers.set(question, asked) // at once, so that equal questions share one evaluation
      asked.catch(() => answers.delete(question))
      return copy(await asked)
    }
  }
}

/** The latest version of each table with what its file tells of it, asked for again every few seconds. */
function createVersions(engine: Source, versionFor: number, now: () => number): (key: string) => Promise<Version> {
  const latest = new Map<string, { readonly until: number; readonly version: Promise<Version> }>()
  const read = new Map<string, Promise<Version>>()
  const current = async (key: string): Promise<Version> => {
    const definition = await engine.decisionDefinition(key)
    if (!definition) throw new AppError('DECISION_FAILED', { cause: new Error(`no decision ${key}`) })
    const { id } = definition
    const version = read.get(id)
      ?? engine.decisionXml(id).then(xml => ({ id, inputs: inputNames(xml, key), words: wordsOf(xml) }))
    read.set(id, version)
    version.catch(() => read.delete(id))
    return version
  }
  return key => {
    const known = latest.get(key)
    if (known && known.until > now()) return known.version
    // An engine that is away for a moment does not take away the answers that are known already.
    const version = known ? current(key).catch(() => known.version) : current(key)
    latest.set(key, { until: now() + versionFor, version })
    version.catch(() => latest.delete(key))
    return version
  }
}

const wordsOf = (xml: string): Set<string> => new Set(xml.match(/[\p{L}\p{N}_]+/gu))

const parser = new XMLParser({
  ignoreAttributes: false, attributeNamePrefix: '', removeNSPrefix: true, parseTagValue: false,
  isArray: name => name === 'decision' || name === 'input'
})

interface DmnDocument {
  readonly definitions?: { readonly decision?: readonly {
    readonly id: string
    readonly decisionTable?: { readonly input?: readonly { readonly inputExpression?: { readonly text?: string } }[] }
  }[] }
}

/** Names of a table's inputs: those of its input expressions that are a plain variable. */
export function inputNames(xml: string, key: string): string[] {
  const { definitions } = parser.parse(xml) as DmnDocument
  const table = definitions?.decision?.find(({ id }) => id === key)?.decisionTable
  return (table?.input ?? []).map(({ inputExpression }) => inputExpression?.text?.trim() ?? '').filter(text => /^[A-Za-z]\w*$/.test(text))
}

function canonical(inputs: Readonly<DecisionRow>): string {
  return JSON.stringify(Object.keys(inputs).sort().map(name => [name, inputs[name]]))
}

const copy = (rows: readonly DecisionRow[]): DecisionRow[] => rows.map(row => ({ ...row }))

/** Lets `max` run at once and `waiting` wait; whoever comes then is told to come back. */
function createGate(max: number, waiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  const queue: (() => void)[] = []
  let running = 0
  return async work => {
    if (running >= max) {
      if (queue.length >= waiting) throw new AppError('DECISIONS_BUSY', { retryAfter: 2 })
      await new Promise<void>(resolve => queue.push(resolve))
    } else running++
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next) next() // hands its place on
      else running--
    }
  }
}

interface Lru<V> {
  get(key: string): V | undefined
  set(key: string, value: V): void
  delete(key: string): void
}

/** Keeps the `size` entries that were used last; a Map remembers the order. */
export function createLru<V>(size: number): Lru<V> {
  const entries = new Map<string, V>()
  return {
    get(key) {
      const value = entries.get(key)
      if (value === undefined) return undefined
      entries.delete(key)
      entries.set(key, value)
      return value
    },
    set(key, value) {
      entries.delete(key)
      entries.set(key, value)
      if (entries.size > size) entries.delete(entries.keys().next().value!)
    },
    delete(key) {
      entries.delete(key)
    }
  }
}
