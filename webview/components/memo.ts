import { Component, type ComponentChildren, type FunctionComponent, h } from 'preact';

/** A component that is drawn again only when one of its properties is another value. */
export function memo<P extends object>(draw: (props: P) => ComponentChildren): FunctionComponent<P> {
  const keys = (props: object): string[] => Object.keys(props).filter((key) => key !== 'children');
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const before: object = this.props;
      return keys({ ...before, ...next }).some((key) => Reflect.get(before, key) !== Reflect.get(next, key));
    }
    override render(): ComponentChildren {
      return h(draw as FunctionComponent<P>, this.props);
    }
  }
  return (props) => h(Memo, props);
}
