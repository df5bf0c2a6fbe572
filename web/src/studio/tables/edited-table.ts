import type { Beginning } from '../draw/beginning.ts'
import { Saver } from '../draw/saver.ts'
import type { Ways } from '../draw/saver.ts'

/** The text of a decision table as it is being edited, and what saves it: by hand, and when its tab is left. */
export class EditedTable {
  xml: string
  readonly saver: Saver

  constructor({ id, send }: Pick<Ways, 'id' | 'send'>, begun: Beginning) {
    this.xml = begun.xml
    this.saver = new Saver({ id, send, isByHand: true, write: async () => this.xml }, begun)
  }

  readonly change = (xml: string): void => {
    this.xml = xml
    this.saver.touch()
  }
}
