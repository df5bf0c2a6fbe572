import type { Stage } from './stage.ts'

/** One thing that a trainee does, and how it is seen that it was done. */
export interface Step {
  /** What to do and where, in Chinese. */
  readonly task: string
  /** Whether it is done; asked again and again. */
  readonly isDone?: (stage: Stage) => Promise<boolean>
  /** What the trainee is to have found out by looking; the answer is asked for and compared. */
  readonly answer?: (stage: Stage) => Promise<string>
  /** What happens on the stage before the trainee is told, e.g. two days pass. */
  readonly before?: (stage: Stage) => Promise<void>
}

export interface Exercise {
  readonly title: string
  /** Whom it is for and what is learnt. */
  readonly about: string
  /** Sets the stage and gives the steps; `stage.say` tells what was set up. */
  readonly begin: (stage: Stage) => Promise<readonly Step[]>
  /** What was learnt, said at the end. */
  readonly learnt: string
}

/** How a trainee is spoken with. */
export interface Talk {
  readonly say: (text: string) => void
  readonly ask: (question: string) => Promise<string>
  /** Between two looks whether a step is done. */
  readonly wait: () => Promise<void>
}

/** Leads a trainee through an exercise; ends when every step was done, and mends the stage however it ends. */
export async function train({ title, about, begin, learnt }: Exercise, stage: Stage, talk: Talk): Promise<void> {
  talk.say(`\n【${title}】${about}\n`)
  try {
    const steps = await begin(stage)
    for (const [index, step] of steps.entries()) {
      await step.before?.(stage)
      talk.say(`\n第 ${index + 1} 步，共 ${steps.length} 步：${step.task}`)
      await lead(step, stage, talk)
    }
    talk.say(`\n完成。${learnt}`)
  } finally {
    await stage.mend()
  }
}

async function lead({ isDone, answer }: Step, stage: Stage, talk: Talk): Promise<void> {
  if (answer) {
    const right = await answer(stage)
    while ((await talk.ask('  你看到的是：')).trim() !== right) talk.say('  不对，请再看一看。')
  }
  if (isDone) {
    talk.say('  （做完后这里会自动继续）')
    while (!(await isDone(stage))) await talk.wait()
  }
  talk.say('  ✓ 做到了')
}
