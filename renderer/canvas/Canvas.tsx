import {
  Background,
  BackgroundVariant,
  type FinalConnectionState,
  type Handle,
  type IsValidConnection,
  type OnConnectStartParams,
  ReactFlow,
  SelectionMode,
  useReactFlow,
} from '@xyflow/react';
import { useCallback, useRef } from 'react';
import { type Endpoint, indexOf, nodeId, type Position, refusal, wireId } from '#graph';
import { finderStore } from '../finder/finder-store.ts';
import { beginNote, Notes } from '../notes/index.ts';
import {
  type Beside,
  connect,
  cutWire,
  enterFrame,
  nothingSelected,
  reconnectWire,
  useEditor,
  useServices,
} from '../store/index.ts';
import { HoverCard } from '../story/index.ts';
import { strings } from '../strings/en.ts';
import { useLooks } from '../ui/looks.ts';
import { Breadcrumbs } from './Breadcrumbs.tsx';
import { CanvasControls } from './CanvasControls.tsx';
import { CanvasMenu } from './CanvasMenu.tsx';
import { EmptyHints } from './EmptyHints.tsx';
import { Frames } from './Frames.tsx';
import type { FlowEdge, FlowNode } from './flow-nodes.ts';
import { GroupNode } from './GroupNode.tsx';
import { Guides } from './Guides.tsx';
import { beginNaming, takeWire } from './gesture-state.ts';
import { useHand } from './hand.ts';
import { LabelScale } from './LabelScale.tsx';
import { OperationNode } from './OperationNode.tsx';
import { OutsideNode } from './OutsideNode.tsx';
import { OverlayNote } from './OverlayNote.tsx';
import { Overview } from './Overview.tsx';
import { overviewFrom } from './overview.ts';
import { Problems } from './Problems.tsx';
import { ReplicasNote } from './ReplicasNote.tsx';
import { RoundedNote } from './RoundedNote.tsx';
import { SmallMap } from './SmallMap.tsx';
import { SourceNode } from './SourceNode.tsx';
import { endpointDrawn, frameDrawn, nodesDrawn } from './shown-ids.ts';
import { spokenNode, spokenWire } from './spoken.ts';
import { DetailContext, useDetailOfView } from './use-far.ts';
import { useAutoFit } from './use-fit.ts';
import { useFlow } from './use-flow.ts';
import { useOverview } from './use-overview.ts';
import { useReconnect } from './use-reconnect.ts';
import { useReveal } from './use-reveal.ts';
import { shownView } from './view.ts';
import { WireEdge } from './WireEdge.tsx';
import { wireUnder } from './wire-under.ts';
import { wiringFrom } from './wiring.ts';
import { wiringStore } from './wiring-context.ts';
import './canvas.css';
import './groups.css';
import './nodes.css';
import './wires.css';

const nodeTypes = {
  operation: OperationNode,
  source: SourceNode,
  folded: GroupNode,
  outside: OutsideNode,
};
const edgeTypes = { wire: WireEdge };
const ariaLabels = {
  'node.a11yDescription.default': strings.canvas.nodeKeys,
  'node.a11yDescription.keyboardDisabled': strings.canvas.nodeKeys,
  'node.a11yDescription.ariaLiveMessage': strings.canvas.movedTo,
  'edge.a11yDescription.default': strings.canvas.wireKeys,
};
const modifiers = ['Shift', 'Control', 'Meta'];

const away = { clientX: 0, clientY: 0 };

/** Above this many nodes only those in view are in the page. */
const virtualFrom = 200;

interface Ends {
  readonly source: string | null;
  readonly sourceHandle?: string | null | undefined;
  readonly target: string | null;
  readonly targetHandle?: string | null | undefined;
}

function endsOf(ends: Ends): { readonly from: Endpoint; readonly to: Endpoint } {
  return {
    from: endpointDrawn(ends.source, ends.sourceHandle),
    to: endpointDrawn(ends.target, ends.targetHandle),
  };
}

function handleEnd({ nodeId: node, id }: Handle): Endpoint {
  return endpointDrawn(node, id);
}

function pointOf(event: MouseEvent | TouchEvent): Position {
  const { clientX: x, clientY: y } = 'clientX' in event ? event : (event.changedTouches[0] ?? away);
  return { x, y };
}

/** The graph: nodes, wires, and the gestures that change them. */
export function Canvas() {
  const { store } = useServices();
  // Where groups are folded less is drawn, and among it are nodes of other kinds.
  const large = useEditor(
    (state) => state.trace.document.nodes.length > overviewFrom && !shownView(state),
  );
  const detail = useDetailOfView(large);
  const overview = large && detail === 'none';
  const { nodes, edges, sizes, onNodesChange, onEdgesChange, drag, drop } = useFlow(overview);
  const { picture, ...atPointer } = useOverview(overview, nodes);
  const documentKey = useEditor((state) => state.documentKey);
  const fanned = useEditor(({ replicas }) => replicas !== null);
  const moved = useAutoFit(sizes);
  useReveal();
  const { without, onReconnectStart, onReconnect, onReconnectEnd } = useReconnect();
  const { flowToScreenPosition, screenToFlowPosition } = useReactFlow();
  const main = useRef<HTMLElement>(null);
  useHand(main, moved);
  const wheelPans = useLooks((looks) => looks.wheelPans);

  const isValidConnection: IsValidConnection<FlowEdge> = useCallback(
    (ends) => {
      const { editor, registry } = store.getState();
      const { from, to } = endsOf(ends);
      return refusal(without.current ?? editor.document, registry, from, to) === null;
    },
    [store, without],
  );
  const onConnectStart = (
    _: unknown,
    { nodeId: id, handleId, handleType }: OnConnectStartParams,
  ) => {
    if (!id || !handleId || !handleType) return;
    const { editor, registry, showBubble } = store.getState();
    showBubble(null);
    const from = endpointDrawn(id, handleId);
    wiringStore
      .getState()
      .set(wiringFrom(without.current ?? editor.document, registry, from, handleType));
  };
  /** Opens the quick-add at a point of the window. */
  const addThere = (point: Position, beside: Beside | null) => {
    const { workspace, quiz, replicas } = store.getState();
    if (workspace === 'train' || quiz || replicas) return;
    const at = screenToFlowPosition(point);
    const onlyFitting = beside !== null;
    finderStore.getState().open({ kind: 'add', at, point, beside, onlyFitting, typed: '' });
  };
  const onConnectEnd = (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    wiringStore.getState().set(null);
    if (!state.fromHandle || state.isValid) return;
    const { editor, registry, showBubble } = store.getState();
    const { document } = editor;
    const start = handleEnd(state.fromHandle);
    const reversed = state.fromHandle.type === 'target';
    // From an input, the wire that enters there goes along: to another one, or away.
    const entering = reversed ? indexOf(document).incoming.get(start.node)?.get(start.port) : null;
    if (!state.toHandle) {
      if (state.toNode || without.current) return;
      if (entering) cutWire(store, entering.id);
      else addThere(pointOf(event), { port: start, startsAt: reversed ? 'target' : 'source' });
      return;
    }
    const end = handleEnd(state.toHandle);
    const moves = entering && state.toHandle.type === 'target' && !without.current;
    const why = moves
      ? reconnectWire(store, entering.id, { from: entering.from, to: end })
      : refusal(
          without.current ?? document,
          registry,
          reversed ? end : start,
          reversed ? start : end,
        );
    if (why) showBubble({ message: why.message, ...pointOf(event) });
  };

  const canvas = (
    <main
      ref={main}
      onFocus={({ target }) => {
        // Their names say what they are; what they show is said as it is now.
        const part = target.closest<HTMLElement | SVGElement>(
          '.react-flow__edge, .react-flow__node',
        );
        const id = part?.getAttribute('data-id');
        if (!part || !id || target !== part) return;
        const state = store.getState();
        const isWire = part.classList.contains('react-flow__edge');
        if (isWire) state.announce(spokenWire(state, wireId(id)));
        // A group's name says all there is to say.
        else if (frameDrawn(id) === null) state.announce(spokenNode(state, nodeId(id)));
      }}
      className="canvas"
      // A press on it gives it the focus, so that Tab means it.
      tabIndex={-1}
      onDoubleClick={(event) => {
        const { target } = event;
        if (target instanceof Element && target.matches('.react-flow__pane')) {
          addThere(pointOf(event.nativeEvent), null);
        }
      }}
      aria-label={strings.canvas.label}
      data-overview={overview}
      data-testid="canvas"
    >
      <DetailContext value={detail}>
        <ReactFlow<FlowNode, FlowEdge>
          key={documentKey}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          onConnect={(ends) => {
            const { from, to } = endsOf(ends);
            connect(store, from, to);
          }}
          onConnectStart={onConnectStart}
          onConnectEnd={onConnectEnd}
          isValidConnection={isValidConnection}
          onNodeClick={({ shiftKey, ctrlKey, metaKey }, { id }) => {
            // React Flow keeps a selection of several when one of them is clicked.
            if (shiftKey || ctrlKey || metaKey) return;
            const { trace, select } = store.getState();
            select({ nodes: new Set(nodesDrawn(trace.document, id)) });
          }}
          onNodeDoubleClick={(_, { id }) => {
            const frame = frameDrawn(id);
            if (frame !== null) enterFrame(store, frame);
          }}
          onNodeDrag={(_, { id, position: { x, y }, measured }, dragged) => {
            // The node is drawn there only after this event.
            const { width = 0, height = 0 } = measured ?? {};
            const from = flowToScreenPosition({ x, y });
            const to = flowToScreenPosition({ x: x + width, y: y + height });
            const alone = dragged.length === 1 && frameDrawn(id) === null;
            takeWire(alone ? wireUnder(store, nodeId(id), from, to) : null);
          }}
          onEdgeClick={({ altKey }, { id }) => {
            if (altKey) cutWire(store, wireId(id));
          }}
          onEdgeDoubleClick={(_, { id }) => beginNaming(wireId(id))}
          {...(fanned ? {} : { onReconnect, onReconnectStart, onReconnectEnd })}
          onPaneClick={() => store.getState().select(nothingSelected)}
          {...atPointer}
          connectionRadius={28}
          // Beyond the port, whose own surroundings start a wire.
          reconnectRadius={20}
          connectOnClick={false}
          // Replicas stand where they are, and so do the wires between them.
          nodesDraggable={!fanned}
          nodesConnectable={!fanned}
          deleteKeyCode={null}
          multiSelectionKeyCode={modifiers}
          selectionMode={SelectionMode.Partial}
          zoomOnDoubleClick={false}
          panActivationKeyCode={null}
          // With Ctrl, and by two fingers that spread, the wheel zooms in any case.
          panOnScroll={wheelPans}
          panOnScrollSpeed={1}
          minZoom={0.1}
          maxZoom={4}
          onlyRenderVisibleElements={nodes.length > virtualFrom}
          onMove={(event) => {
            if (event) moved();
          }}
          attributionPosition="bottom-center"
          ariaLabelConfig={ariaLabels}
        >
          <LabelScale large={large} />
          <Guides />
          <Frames nodes={nodes} drag={drag} drop={drop} />
          <Notes />
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.6} />
          {picture && <Overview picture={picture} />}
          <SmallMap nodes={nodes} />
        </ReactFlow>
      </DetailContext>
      <Breadcrumbs />
      <CanvasControls />
      <Problems />
      <div className="canvas-notes">
        <OverlayNote />
        <ReplicasNote />
        <RoundedNote />
      </div>
      <EmptyHints />
      <HoverCard canvas={main} />
    </main>
  );
  return (
    <CanvasMenu
      canvas={canvas}
      addAt={(point) => addThere(point, null)}
      noteAt={(point) => beginNote(store, screenToFlowPosition(point))}
    />
  );
}
