/** The part of the untyped package that we use, as of 3.1.0. */
declare module 'camunda-external-task-client-js' {
  import type { EventEmitter } from 'node:events'

  export interface ClientOptions {
    baseUrl: string
    workerId: string
    maxTasks: number
    maxParallelExecutions: number
    /** Pause between two polls in ms. */
    interval: number
    lockDuration: number
    asyncResponseTimeout: number
    autoPoll: boolean
    usePriority: boolean
    sorting: { sortBy: string, sortOrder: string }[]
    interceptors: ((config: Record<string, unknown>) => Record<string, unknown>)[]
  }

  export interface RawTask {
    id: string
    topicName: string
    businessKey: string | null
    processInstanceId: string
    processDefinitionId: string
    processDefinitionKey: string
    activityId: string
    retries: number | null
    lockExpirationTime: string
    variables: { getAll(): Record<string, unknown> }
  }

  export interface TopicOptions {
    lockDuration?: number
    variables?: string[]
    localVariables?: boolean
    includeExtensionProperties?: boolean
  }

  export class Client extends EventEmitter {
    static SortBy: { CreateTime: string }
    static SortOrder: { ASC: string, DESC: string }
    constructor(options: ClientOptions)
    /** Handlers that have not settled yet. */
    activeTasksCount: number
    options: ClientOptions
    topicSubscriptions: Record<string, object>
    start(): void
    stop(): void
    poll(): Promise<unknown>
    subscribe(topic: string, options: TopicOptions, handler: (args: { task: RawTask }) => Promise<void>): void
  }

  export class BasicAuthInterceptor {
    constructor(options: { username: string, password: string })
  }
}
