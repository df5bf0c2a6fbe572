import type { Knex } from 'knex'

/** What clerks write beside a task: a note, a question to a colleague (加签), or the opinion that answers it. */
export interface TaskRemark {
  readonly id: string
  readonly task_id: string
  readonly application_id: string
  readonly kind: 'note' | 'question' | 'opinion'
  readonly text_enc: string
  readonly created_by: string
  /** Of a question: whose opinion is asked. */
  readonly addressee: string | null
  readonly answered_at: number | null
  readonly created_at: number
}

export async function insertRemark(db: Knex, remark: TaskRemark): Promise<void> {
  await db('task_remark').insert(remark)
}

export function findRemarks(db: Knex, applicationId: string): Promise<TaskRemark[]> {
  return db<TaskRemark>('task_remark').where({ application_id: applicationId }).orderBy(['created_at', 'id'])
}

/** Whether somebody's opinion about a task is still waited for. */
export async function isAsked(db: Knex, taskId: string, addressee: string): Promise<boolean> {
  return await db('task_remark').where({ task_id: taskId, kind: 'question', addressee }).whereNull('answered_at').first('id') !== undefined
}

/** Notes that the questions to somebody about a task are answered; answers how many were open. */
export async function answerQuestions(db: Knex, taskId: string, addressee: string, at: number): Promise<number> {
  return db('task_remark').where({ task_id: taskId, kind: 'question', addressee }).whereNull('answered_at').update({ answered_at: at })
}
