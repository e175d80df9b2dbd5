import { registry } from "@web/core/registry";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { DeskController } from "./desk_controller";
import { DeskModel } from "./desk_model";

registry.category("views").add("ai_bank_desk", {
    ...kanbanView,
    Controller: DeskController,
    Model: DeskModel,
});
