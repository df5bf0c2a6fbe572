import type { Knex } from 'knex'

/** What the tax department found for a row of a declaration: 社会保险编码, 纳税人识别号, 品目, 子目, rates; personal, so sealed. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('item_row', table => {
    table.text('assessment_enc')
  })
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('item_row', table => {
    table.dropColumn('assessment_enc')
  })
}
