/** What a person has to mend before the command can be done; its message is the Chinese sentence they read. */
export class Refusal extends Error {}
