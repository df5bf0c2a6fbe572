export interface PlatformOptions {
  /** Of the service that is called. */
  readonly publicUrl: string
  /** The unified identity; asked when it is needed, as it may start later. */
  readonly issuer: () => string
  /** OIDC_CLIENT_SECRET, from which the clients' own secrets are derived. */
  readonly clientSecret: string
  /** DEPARTMENT_CALLBACK_SECRET, from which the keys of the results are derived. */
  readonly callbackSecret: string
}
