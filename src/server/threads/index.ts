/** Threads for what would keep all others waiting. */
export { answerTasks } from './answer-tasks.ts';
export { fromPlain, type PlainError, toPlain } from './plain-error.ts';
export { ownBytes, type TaskMeans, type TaskTable, type TaskWork } from './task.ts';
export { type TaskOptions, TaskThread, threadFile } from './task-thread.ts';
