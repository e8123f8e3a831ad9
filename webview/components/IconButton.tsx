/** What an icon button looks like and does. */
interface IconButtonProps {
  /** Name of a codicon. */
  readonly icon: string;
  readonly label: string;
  readonly class?: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

/** A button that shows only an icon; its label is for the tooltip and for screen readers. */
export function IconButton({ icon, label, class: name, disabled, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      class={`icon-button ${name ?? ''}`}
      title={label}
      aria-label={label}
      disabled={disabled ?? false}
      onClick={onClick}
    >
      <span class={`codicon codicon-${icon}`} aria-hidden="true" />
    </button>
  );
}
