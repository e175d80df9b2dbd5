import { Component, useState } from "@odoo/owl";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { ConfidenceField } from "@ai_audit_log/fields/confidence_field";
import { isAlarm, ReasonsField } from "@ai_audit_log/fields/reasons_field";
import { EntryField } from "../entry_field";

/** The difference between a line and its documents: keep open, write off, or on account. */
export class DeskDifference extends Component {
    static template = "ai_bank_reconcile.DeskDifference";
    static components = { RecordSelector };
    static props = { difference: Object, mayChange: Boolean, onChoose: Function };

    setup() {
        this.state = useState({ writingOff: this.props.difference.choice === "write_off" });
    }

    get choice() {
        return this.state.writingOff ? "write_off" : this.props.difference.choice;
    }

    offers(choice) {
        return choice === this.props.difference.choice || this.props.difference.choices.includes(choice);
    }

    choose(choice) {
        this.state.writingOff = choice === "write_off";
        // Writing off waits for its account.
        if (choice !== "write_off") {
            this.props.onChoose(choice);
        }
    }

    writeOff(accountId) {
        if (accountId) {
            this.props.onChoose("write_off", accountId);
        }
    }
}

/** One bank line with all that helps to decide on it, and the ways out where nothing fits. */
export class DeskCard extends Component {
    static template = "ai_bank_reconcile.DeskCard";
    static components = { ConfidenceField, ReasonsField, EntryField, DeskDifference };
    static props = {
        card: Object,
        busy: Boolean,
        // What the buttons do, see the controller.
        desk: Object,
    };

    /** The fields of the suggestion panel read a record; a candidate is one for them. */
    asRecord(data) {
        return { data };
    }

    get suggestion() {
        return this.props.card.suggestion;
    }

    get decides() {
        return this.props.card.may_decide && this.suggestion?.open;
    }

    get alarms() {
        return (this.suggestion?.vetoes || []).filter(isAlarm);
    }

    get canApprove() {
        return this.decides && this.suggestion.fits && !this.suggestion.problems.length;
    }
}
