import { Button, IconButton, IconToggle, Toolbar, ToolbarLine, ToolbarSpace } from '../ui/index.ts';
import css from './hunt.module.css';
import type { ProblemListProps } from './problem-list.tsx';
import { ProblemCount } from './problem-list.tsx';
import { TimeRangePicker, type TimeRangePickerProps } from './time-range-picker.tsx';

/** What the toolbar can ask for. */
export interface QueryCommands {
  readonly run: () => void;
  readonly runAll: () => void;
  readonly cancel: () => void;
  readonly format: () => void;
  readonly save: () => void;
  readonly openSaved: () => void;
  readonly openHistory: () => void;
  readonly share: () => void;
  readonly toggleSchema: () => void;
}

export interface QueryToolbarProps {
  readonly commands: QueryCommands;
  readonly isRunning: boolean;
  readonly hasSchema: boolean;
  /** There is more than one query to run. */
  readonly hasSeveral: boolean;
  readonly time: TimeRangePickerProps;
  readonly found: ProblemListProps;
}

/** What is done with the query of a tab. */
export function QueryToolbar({ commands, isRunning, hasSchema, hasSeveral, time, found }: QueryToolbarProps) {
  return (
    <div className={css.toolbar}>
      <Toolbar label="Query">
        <IconToggle icon="panel" label="Schema" small isSelected={hasSchema} onChange={commands.toggleSchema} />
        {isRunning ? (
          <Button look="danger" icon="stop" onPress={commands.cancel}>
            Cancel
          </Button>
        ) : (
          <Button look="primary" icon="play" onPress={commands.run}>
            Run
          </Button>
        )}
        {hasSeveral && (
          <Button look="quiet" isDisabled={isRunning} onPress={commands.runAll}>
            Run all
          </Button>
        )}
        <TimeRangePicker {...time} />
        <ToolbarLine />
        <IconButton icon="format" label="Lay out the text" keys="Alt+Shift+F" onPress={commands.format} />
        <IconButton icon="save" label="Save the query" keys="Ctrl+S" onPress={commands.save} />
        <IconButton icon="bookmark" label="Saved queries" onPress={commands.openSaved} />
        <IconButton icon="history" label="History" onPress={commands.openHistory} />
        <IconButton icon="share" label="Copy a link to the query" onPress={commands.share} />
        <ToolbarSpace />
        <ProblemCount {...found} />
      </Toolbar>
    </div>
  );
}
