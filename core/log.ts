import pino from 'pino'
import type { Bindings, ChildLoggerOptions, DestinationStream, Logger } from 'pino'
import { redact, scrub } from './redaction.ts'

export type Log = Logger
export { redact }

export interface LogOptions {
  readonly level?: string
  /** Process that writes, e.g. server; stands in each line as `service`. */
  readonly name?: string
  /** One readable line for a person at a terminal in place of JSON. */
  readonly pretty?: boolean
  /** Where the lines go; stdout when left out. */
  readonly destination?: DestinationStream
}

/**
 * Makes the logger of a process: JSON lines, personal data removed from objects, child bindings, messages and errors.
 * Every `child()` inherits the rule.
 */
export function createLog({ level = 'info', name, pretty = false, destination }: LogOptions = {}): Log {
  const sink = destination ?? pino.destination({ fd: 1, sync: true })
  const log = pino({
    level,
    base: name === undefined ? {} : { service: name },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: label => ({ level: label }),
      log: fields => scrub(fields) as Record<string, unknown>
    },
    // Errors are written down by `scrub` already; pino's own serializer would copy all their members.
    serializers: { err: (error: unknown) => error },
    hooks: {
      logMethod(args, method) {
        method.apply(this, cleanArguments(args) as Parameters<typeof method>)
      }
    }
  }, pretty ? readable(sink) : sink)
  // pino hands a child's bindings to no formatter; children inherit this method, so the rule holds for theirs too.
  const { child } = log
  log.child = function (this: Log, bindings: Bindings, options?: ChildLoggerOptions) {
    return Reflect.apply(child, this, [scrub(bindings), options])
  }
  return log
}

/** The first object is the line's own fields, which the formatter scrubs; further values end up inside the message. */
function cleanArguments(args: readonly unknown[]): unknown[] {
  const clean = args.map((argument, index) => (index > 0 || typeof argument === 'string' ? scrub(argument) : argument))
  const [first] = args
  const error = first instanceof Error ? first : (first as { err?: unknown } | undefined)?.err
  // Without a message pino takes the error's own, behind our back.
  if (args.length === 1 && error instanceof Error) clean.push(redact(error.message))
  return clean
}

/** Turns `{"level":"info","time":…,"msg":…,…}` into `09:00:00 info server message key=value`. */
function readable(sink: DestinationStream): DestinationStream {
  return {
    write(line: string) {
      const { level, time, service, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown>
      const more = Object.entries(rest).map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
      const stack = (err as { stack?: string } | undefined)?.stack
      const parts = [String(time).slice(11, 19), level, service, msg, ...more].filter(part => part !== undefined)
      sink.write(`${parts.join(' ')}${stack ? `\n${stack}` : ''}\n`)
    }
  }
}
