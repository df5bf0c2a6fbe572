/** A decision on a task as a clerk gives it: why, what is to be corrected, and the values of the form that the task shows. */
export interface CompleteInput {
  readonly decision: string
  readonly reasonCode?: string
  readonly reasonText?: string
  readonly correction?: {
    readonly fields?: readonly { readonly path: string; readonly reasonCode: string; readonly text?: string }[]
    readonly materials?: readonly { readonly code: string; readonly reasonCode: string; readonly text?: string }[]
  }
  readonly values?: Readonly<Record<string, unknown>>
}
