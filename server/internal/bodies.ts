import { Ajv } from 'ajv'
import type { JSONSchemaType, ValidateFunction } from 'ajv'
import { AppError } from '../../core/errors.ts'
import type { FailedAttempt } from '../services/department-step.ts'
import type { Finished } from '../services/finish-step.ts'
import { EVENT_TYPES } from '../services/callbacks.ts'
import type { DepartmentEvent } from '../services/callbacks.ts'
import type { StepInput } from '../services/steps/step.ts'

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true })

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength }) as const
const code = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,60}$' } as const
const hash = { type: 'string', pattern: '^[0-9a-f]{64}$', nullable: true } as const
const outcomes = { type: 'object', required: [], maxProperties: 20, additionalProperties: { type: ['string', 'boolean'], maxLength: 60 } } as const

/** The engine's local variables of a task come as they are; only primitives are read. */
const run = {
  type: 'object', required: ['taskId', 'processInstanceId', 'variables'], additionalProperties: false,
  properties: {
    taskId: text(64), processInstanceId: text(64), processDefinitionId: { ...text(64), nullable: true },
    variables: { type: 'object', required: [], maxProperties: 50, additionalProperties: true }
  }
} as unknown as JSONSchemaType<Omit<StepInput, 'worker'>>

const begin: JSONSchemaType<{ taskId: string }> = {
  type: 'object', required: ['taskId'], additionalProperties: false, properties: { taskId: text(64) }
}

const attempt = {
  type: 'object', required: ['startedAt', 'finishedAt', 'result', 'httpStatus'], additionalProperties: false,
  properties: {
    startedAt: { type: 'integer' }, finishedAt: { type: 'integer', nullable: true }, result: text(60),
    httpStatus: { type: 'integer', nullable: true }
  }
} as const

/** What a verification learnt of the person (core/facts.ts). */
const flag = { type: 'boolean' } as const
const codes = { type: 'array', maxItems: 30, items: { type: 'string', maxLength: 60 } } as const
const facts = {
  type: 'object', nullable: true, required: [], additionalProperties: false,
  properties: {
    employmentStatus: { type: 'string', enum: ['flexible', 'unemployed', 'employed'] },
    householdDivision: { type: 'string', pattern: '^\\d{6,12}$' },
    isStudent: flag, isEmployerInsured: flag, hasAppliedForCard: flag,
    employerInsurances: codes, currentEnrolments: codes, cardAppliedIn: codes
  }
} as const

/** What the tax department found for a row (core/matter.ts). */
const fen = { type: 'integer', minimum: 0, maximum: 100_000_000_000 } as const
const assessment = {
  type: 'object', nullable: true, required: ['socialInsuranceCode', 'taxpayerId', 'lines'], additionalProperties: false,
  properties: {
    socialInsuranceCode: text(100), taxpayerId: text(100),
    lines: {
      type: 'array', minItems: 1, maxItems: 20,
      items: {
        type: 'object', required: ['item', 'subitem', 'amountFen'], additionalProperties: false,
        properties: {
          item: text(100), subitem: text(100), amountFen: fen, tierFen: fen, baseFen: fen,
          rateBasisPoints: { type: 'integer', minimum: 0, maximum: 10_000 }
        }
      }
    }
  }
} as const

const finish = {
  type: 'object', required: ['requestId', 'variables', 'receipt', 'reasons', 'evidence'], additionalProperties: false,
  properties: {
    requestId: text(200), processDefinitionId: { ...text(64), nullable: true },
    variables: outcomes,
    receipt: {
      type: 'object', nullable: true, required: ['number', 'issuedAt'], additionalProperties: false,
      properties: { number: text(100), issuedAt: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT.*(Z|[+-]\\d\\d:\\d\\d)$', maxLength: 40 } }
    },
    reasons: {
      type: 'array', maxItems: 50,
      items: { type: 'object', required: ['code', 'message'], additionalProperties: false, properties: { code, message: text(500) } }
    },
    amounts: {
      type: 'object', nullable: true, required: ['amountFen'], additionalProperties: false,
      properties: { amountFen: fen }
    },
    assessment,
    parcel: {
      type: 'object', nullable: true, required: ['trackingNumber'], additionalProperties: false,
      properties: { trackingNumber: text(40), postageFen: { type: 'integer', nullable: true, minimum: 0, maximum: 10_000_000 } }
    },
    facts,
    evidence: {
      type: 'object', required: ['department', 'payloadHash', 'responseHash', 'httpStatus', 'attempts'], additionalProperties: false,
      properties: {
        department: text(60), payloadHash: hash, responseHash: hash, httpStatus: { type: 'integer', nullable: true },
        attempts: { type: 'array', maxItems: 200, items: attempt }
      }
    }
  }
} as unknown as JSONSchemaType<Finished>

const fail: JSONSchemaType<FailedAttempt> = {
  type: 'object', required: ['requestId', 'code', 'isFinal'], additionalProperties: false,
  properties: { requestId: text(200), code, httpStatus: { type: 'integer', nullable: true }, isFinal: { type: 'boolean' } }
}

const event = {
  type: 'object', required: ['id', 'type', 'requestId', 'at', 'data'], additionalProperties: false,
  properties: {
    id: text(100), type: { type: 'string', enum: EVENT_TYPES }, requestId: text(200),
    at: text(40), data: { type: 'object', required: [], maxProperties: 20, additionalProperties: true }
  }
} as unknown as JSONSchemaType<DepartmentEvent>

const clock: JSONSchemaType<{ now: string }> = {
  type: 'object', required: ['now'], additionalProperties: false,
  properties: { now: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT.*(Z|[+-]\\d\\d:\\d\\d)$', maxLength: 40 } }
}

/** Readers of the bodies of the internal interface; each throws AppError REQUEST_INVALID (400) naming what is wrong. */
export const bodies = {
  run: reader(ajv.compile(run)), begin: reader(ajv.compile(begin)), finish: reader(ajv.compile(finish)),
  fail: reader(ajv.compile(fail)), event: reader(ajv.compile(event)), clock: reader(ajv.compile(clock))
}

function reader<T>(validate: ValidateFunction<T>): (body: unknown) => T {
  return body => {
    if (validate(body)) return body
    throw new AppError('REQUEST_INVALID', {
      fields: (validate.errors ?? []).map(({ instancePath, keyword, message = '' }) => ({ path: instancePath || '/', code: keyword.toUpperCase(), message }))
    })
  }
}
