import { ActionIcon } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import css from './dialog.module.css';
import { Icon } from './icon.tsx';

/** A question that must be answered first. The browser keeps the focus inside, and Esc leaves. */
export function Dialog(props: { label: string; onClose: () => void; bare?: boolean; children: ReactNode }) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- Esc does the same as a click beside it
    <dialog
      ref={element}
      className={css.dialog}
      data-bare={props.bare === true}
      aria-label={props.label}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onClick={(event) => (event.target === element.current ? props.onClose() : undefined)}
    >
      {props.bare === true ? (
        props.children
      ) : (
        <div className={css.inside}>
          <div className={css.head}>
            <h2 className={css.title}>{props.label}</h2>
            <ActionIcon onClick={props.onClose} aria-label="Close">
              <Icon name="close" />
            </ActionIcon>
          </div>
          {props.children}
        </div>
      )}
    </dialog>
  );
}
