import { useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { ActionHelper } from "@web/views/action_helper";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { DeskCard } from "./desk_card";
import { DeskDecisions } from "./desk_decisions";
import { DeskHead, LEVELS } from "./desk_head";
import { useDeskKeys } from "./desk_keys";
import { DeskRows } from "./desk_rows";

/** As long as a decided line takes to slide out of the list. */
const SLIDE_MS = 160;
/** A page of lines, and how many are read again at most when the list is reloaded. */
const PAGE = 80;
const RELOADED = 240;

/**
 * The bank desk: bank lines on the left, the selected one with its suggestion on the right.
 * Search bar, pager and favourites are those of every view; what is decided leaves the list.
 */
export class DeskController extends KanbanController {
    static template = "ai_bank_reconcile.DeskView";
    static components = { ...KanbanController.components, ActionHelper, DeskCard, DeskHead, DeskRows };

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.state = useState({
            selectedId: this.props.state?.deskSelectedId || false,
            card: null,
            overview: null,
            busy: false,
            leaving: [],
            // On small screens the card covers the list.
            cardOpen: false,
        });
        this.lastCard = new KeepLast();
        // Counts asked for; only the last answer is shown.
        this.asked = 0;
        // Lines decided on that the list still holds: they are not gone to, nor counted on.
        this.decided = new Set();
        this.settled = Promise.resolve();
        this.decisions = new DeskDecisions(this, {
            orm: this.orm,
            action: this.actionService,
            dialog: this.dialog,
            notification: useService("notification"),
        });
        useSetupAction({ getLocalState: () => ({ deskSelectedId: this.state.selectedId }) });
        const { decisions } = this;
        useDeskKeys({
            j: () => this.move(1),
            k: () => this.move(-1),
            Enter: () => decisions.approve(),
            r: () => decisions.reject(),
            u: () => decisions.undoLast(),
            s: () => decisions.byHand("items"),
            a: () => decisions.byHand("account"),
            b: () => decisions.bill(),
            1: () => decisions.choose(1),
            2: () => decisions.choose(2),
            3: () => decisions.choose(3),
            "/": () => this.focusSearch(),
            "?": () => decisions.help(),
        });
    }

    get modelParams() {
        const params = super.modelParams;
        params.hooks.onRootLoaded = (root) => this.onRootLoaded(root);
        return params;
    }

    // ------------------------------------------------------------------
    // The list
    // ------------------------------------------------------------------

    /** Lists of bank lines in the order of the screen: one, or one a group. */
    lists(root = this.model.root) {
        return root.isGrouped ? root.groups.map((group) => group.list) : [root];
    }

    /** The loaded bank lines that can be selected, in the order of the screen. */
    get records() {
        return this.entries.filter(({ type }) => type === "line").map(({ record }) => record);
    }

    get entries() {
        const { root } = this.model;
        if (!root.isGrouped) {
            return this.entriesOf(root);
        }
        return root.groups.flatMap((group) => [
            { type: "group", key: `group_${group.id}`, group },
            ...(group.isFolded ? [] : this.entriesOf(group.list)),
        ]);
    }

    entriesOf(list) {
        const found = (list.records || []).map((record) => ({
            type: "line",
            key: record.id,
            record,
        }));
        return list.hasMore ? [...found, { type: "more", key: `more_${list.id}`, list }] : found;
    }

    async loadMore(list) {
        if (!this.decided.size && !list.isLoadingMore && list.hasMore) {
            list.isLoadingMore = true;
            try {
                await list.loadMore(PAGE);
            } finally {
                list.isLoadingMore = false;
            }
        }
    }

    async toggleGroup(group) {
        await group.toggle();
    }

    /** A search, a page or a reload brought other lines: select one of them, count again. */
    onRootLoaded(root) {
        this.refreshOverview();
        const records = this.lists(root).flatMap((list) => list.records || []);
        const wanted = this.wantedId || this.state.selectedId;
        this.wantedId = false;
        const found = records.find(({ resId }) => resId === wanted) || records[0];
        this.select(found ? found.resId : false, { open: this.state.cardOpen });
    }

    async reload(wantedId = false) {
        this.wantedId = wantedId;
        const { root } = this.model;
        if (root.isGrouped) {
            await this.model.load();
        } else {
            await root.load({ limit: Math.max(PAGE, Math.min(root.limit, RELOADED)) });
        }
    }

    /** Bring the list to what is true after a decision on ``lineIds``. */
    async settle(lineIds) {
        lineIds.forEach((id) => this.decided.add(id));
        try {
            const overview = await this.refreshOverview(lineIds);
            const stay = new Set(overview.stay);
            const gone = lineIds.filter((id) => !stay.has(id));
            this.state.leaving.push(...gone);
            const staying = this.records.filter(({ resId }) => stay.has(resId));
            await Promise.all([
                ...staying.map((record) => record.load()),
                gone.length && new Promise((resolve) => browser.setTimeout(resolve, SLIDE_MS)),
            ]);
            for (const list of this.lists()) {
                list.forget(gone);
            }
            this.state.leaving = this.state.leaving.filter((id) => !gone.includes(id));
        } finally {
            lineIds.forEach((id) => this.decided.delete(id));
        }
    }

    // ------------------------------------------------------------------
    // Counts
    // ------------------------------------------------------------------

    async refreshOverview(lineIds = []) {
        const { domain } = this.env.searchModel;
        const number = ++this.asked;
        const args = [this.scope, domain, lineIds];
        const overview = await this.orm.call("ai.bank.desk", "ai_desk_overview", args);
        if (number === this.asked) {
            this.state.overview = overview;
        }
        return overview;
    }

    get levelItems() {
        const names = LEVELS.map(({ filter }) => filter);
        return this.env.searchModel.getSearchItems(({ name }) => names.includes(name));
    }

    get activeLevels() {
        return this.levelItems.filter(({ isActive }) => isActive).map(({ name }) => name);
    }

    /** What the search bar asks for, but for the confidence: the counts are of that. */
    get scope() {
        const { searchModel } = this.env;
        const levels = this.levelItems.map(({ id }) => id);
        const { query } = searchModel;
        searchModel.query = query.filter(({ searchItemId }) => !levels.includes(searchItemId));
        try {
            return searchModel._getDomain();
        } finally {
            searchModel.query = query;
        }
    }

    /** One level at a time; again switches it off. */
    toggleLevel(name) {
        const { searchModel } = this.env;
        for (const item of this.levelItems) {
            if (item.isActive || item.name === name) {
                searchModel.toggleSearchItem(item.id);
            }
        }
    }

    // ------------------------------------------------------------------
    // The selected line
    // ------------------------------------------------------------------

    async select(resId, { open = true } = {}) {
        this.state.selectedId = resId;
        this.state.cardOpen = Boolean(resId) && open;
        if (!resId) {
            this.state.card = null;
            return;
        }
        await this.loadCard();
    }

    async loadCard() {
        const { selectedId } = this.state;
        this.state.card = await this.lastCard.add(
            this.orm.call("ai.bank.desk", "ai_desk_card", [selectedId])
        );
    }

    /** Return the line ``step`` rows away from the selected one, or nothing. */
    neighbour(step) {
        const { selectedId } = this.state;
        const records = this.records.filter(
            ({ resId }) => resId === selectedId || !this.decided.has(resId)
        );
        const index = records.findIndex(({ resId }) => resId === selectedId);
        return records[index + step]?.resId;
    }

    move(step) {
        const resId = this.neighbour(step);
        if (resId) {
            this.select(resId);
        }
    }

    focusSearch() {
        this.rootRef.el.querySelector(".o_searchview_input")?.focus();
    }

    openRecord({ resId }) {
        const activeIds = this.records.map((record) => record.resId);
        this.props.selectRecord(resId, { activeIds });
    }
}
